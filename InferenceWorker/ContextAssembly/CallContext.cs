using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>Everything a suggestion may be made of, at one moment of a call.</summary>
/// <param name="Brief">What the rep knows of the customer.</param>
/// <param name="Language">BCP 47 tag of the spoken language; null for English.</param>
/// <param name="Cards">The cards that fit, best first, filled with the brief.</param>
/// <param name="Summary">The older words of the call in short; null when there is none.</param>
/// <param name="Lines">What was said, oldest first, the turns to answer included.</param>
/// <param name="Turns">The customer's turns to answer, oldest first.</param>
/// <param name="Suggested">What was already suggested, oldest first.</param>
/// <param name="Now">The call's clock.</param>
/// <param name="RepAsks">The rep asked for a suggestion, so that nothing is no answer.</param>
public sealed record CallContext(
    CallBrief Brief,
    string? Language,
    IReadOnlyList<CardView> Cards,
    ConversationSummary? Summary,
    IReadOnlyList<SpokenLine> Lines,
    IReadOnlyList<string> Turns,
    IReadOnlyList<string> Suggested,
    TimeSpan Now,
    bool RepAsks = false)
{
    /// <summary>Passages of the team's own notes that may help, best first.</summary>
    public IReadOnlyList<NotePassage> Notes { get; init; } = [];
}
