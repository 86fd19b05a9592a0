using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>A card that came up in a call.</summary>
/// <param name="CardId">Its id in the playbook.</param>
/// <param name="Title">Its title; null where only its id is known.</param>
/// <param name="Fact">One fact that supports it; null when the card has none.</param>
/// <param name="Source">Where the fact comes from; null when the card names none.</param>
/// <param name="Suggested">Finished suggestions that stand on it.</param>
/// <param name="Said">Those that the rep then said.</param>
/// <param name="Used">Those that the rep marked as used.</param>
public sealed record ReportCard(string CardId, string? Title, string? Fact, string? Source, int Suggested, int Said, int Used);

/// <summary>A finished suggestion of a call.</summary>
/// <param name="AtMs">When its first words were shown, on the call's clock, in milliseconds.</param>
/// <param name="Suggestion">It, and what became of it.</param>
/// <param name="TurnIds">The customer turns it answered.</param>
public sealed record ReportSuggestion(long AtMs, FinishedSuggestionView Suggestion, IReadOnlyList<string> TurnIds);

/// <summary>All that is kept of a call, for its rep: read after it, and while it lasts.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Brief">The brief that counted last.</param>
/// <param name="Summary">What came of it; null before its end, or when nothing was said.</param>
/// <param name="SummaryPending">A model is writing a better summary.</param>
/// <param name="Talk">Who spoke how long.</param>
/// <param name="Cards">The cards that came up, in the order of their first time.</param>
/// <param name="Suggestions">The finished suggestions, oldest first.</param>
/// <param name="Transcript">Every final segment, in the order in which they were heard.</param>
/// <param name="Consent">The consent that was recorded last; null for none.</param>
public sealed record CallReport(
    DateTimeOffset StartedAt,
    CallBrief Brief,
    CallSummary? Summary,
    bool SummaryPending,
    TalkTime Talk,
    IReadOnlyList<ReportCard> Cards,
    IReadOnlyList<ReportSuggestion> Suggestions,
    IReadOnlyList<SegmentView> Transcript,
    RecordedConsent? Consent = null)
{
    /// <summary>What a rehearsal showed; absent for a call with a customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreCard? ScoreCard { get; init; }
}
