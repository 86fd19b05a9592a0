using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>A time in which live calls spoke.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Turns">Their turns.</param>
/// <param name="Use">Who used what, from when the first answers were under way.</param>
sealed record LivePhase(int Calls, Turns Turns, RunUse Use)
{
    /// <summary>
    /// Of each turn, milliseconds from its intended send to its first words, less the model's own time to its first token; null where none
    /// came.
    /// </summary>
    public IReadOnlyCollection<double?> AddedMs(IReadOnlyDictionary<long, ModelRequest> requests) =>
    [
        .. Turns.Answers.Select(answer => answer.Value - requests.GetValueOrDefault(answer.Key)?.FirstTokenMs),
        .. new double?[Turns.Unanswered],
    ];
}
