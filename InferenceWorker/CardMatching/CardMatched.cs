using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>What a customer said has been compared with the cards. Never leaves the worker.</summary>
/// <param name="Best">The card that fits best, however poorly; null for none.</param>
/// <param name="PlaybookVersion">The playbook that it was taken from.</param>
public sealed record CardMatched(MatchRequest Request, CardMatch? Best, string PlaybookVersion) : CallInput
{
    /// <summary>Passages of the team's notes that may answer it, the nearest first.</summary>
    public IReadOnlyList<NotePassage> Notes { get; init; } = [];

    /// <summary>The rep said what the card proposes lately, and the customer does not ask again.</summary>
    public bool Repeats { get; init; }
}
