using System.Diagnostics;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>A customer turn that deserves an answer and has no outcome yet.</summary>
/// <param name="Match">The card that fits it; null when none does.</param>
/// <param name="PlaybookVersion">Content hash of the playbook it was matched against.</param>
/// <param name="MatchedAt">When it had been matched, on the call's clock.</param>
/// <param name="RepAsks">The rep asked for it, not the customer.</param>
/// <param name="Trace">Where it belongs in a trace; nothing for none.</param>
public sealed record UnansweredTurn(
    SpokenTurn Turn, CardMatch? Match, string PlaybookVersion, TimeSpan MatchedAt, bool RepAsks, ActivityContext Trace = default)
{
    /// <summary>Passages of the team's notes that may answer it, the nearest first.</summary>
    public IReadOnlyList<NotePassage> Notes { get; init; } = [];

    /// <summary>The rep said its card lately, and the customer does not ask again: the card is not shown again.</summary>
    public bool CardSaid { get; init; }

    /// <summary>A turn older than this is not answered when a call is resumed: its moment has passed.</summary>
    public static readonly TimeSpan AnswerableFor = TimeSpan.FromSeconds(10);
}
