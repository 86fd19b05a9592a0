using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>A segment as it stands on the screen.</summary>
/// <param name="SegmentId">Its id.</param>
/// <param name="Speaker">Who spoke, after any swap.</param>
/// <param name="Text">The words.</param>
/// <param name="Final">Whether they may still change.</param>
/// <param name="StartMs">Start on the call's clock, in milliseconds.</param>
/// <param name="EndMs">End on the call's clock, in milliseconds.</param>
public sealed record SegmentView(string SegmentId, Speaker Speaker, string Text, bool Final, long StartMs, long EndMs);

/// <summary>The card on the screen.</summary>
/// <param name="CardId">The card's id in the playbook.</param>
/// <param name="TurnId">The customer turn it answers.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What to say, filled with the brief.</param>
/// <param name="Fact">One fact that supports it; null when the card has none.</param>
/// <param name="Source">Where the fact comes from; null when the card names none.</param>
/// <param name="PlaybookVersion">Content hash of the playbook it was taken from.</param>
public sealed record CardView(
    string CardId,
    string TurnId,
    string Title,
    string Text,
    string? Fact,
    string? Source,
    string PlaybookVersion);

/// <summary>The suggestion that is being written.</summary>
/// <param name="SuggestionId">Its id.</param>
/// <param name="TurnIds">The customer turns it answers, oldest first.</param>
/// <param name="Text">The words so far.</param>
/// <param name="NextIndex">The index the next delta will carry.</param>
/// <param name="Source">Who writes it.</param>
/// <param name="CardId">The card it stands on; null when it stands on none.</param>
/// <param name="Tentative">Its turn is not confirmed.</param>
public sealed record OpenSuggestionView(
    string SuggestionId,
    IReadOnlyList<string> TurnIds,
    string Text,
    int NextIndex,
    SuggestionSource Source,
    string? CardId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Tentative = false)
{
    /// <summary>
    /// Figures, dates and promises of the words so far that neither card, brief nor call support; absent where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? UnsupportedFigures { get; init; }

    /// <summary>The team's notes that the model was given for it, by page and heading; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }
}

/// <summary>A finished suggestion.</summary>
/// <param name="SuggestionId">Its id.</param>
/// <param name="Text">All of it.</param>
/// <param name="Source">Who wrote it.</param>
/// <param name="CardId">The card it stands on; null when it stands on none.</param>
/// <param name="Feedback">What the rep did with it; null when nothing yet.</param>
/// <param name="Latency">Where the time went; null when it was not measured.</param>
/// <param name="Said">The rep then said it, or most of a sentence of it.</param>
public sealed record FinishedSuggestionView(
    string SuggestionId,
    string Text,
    SuggestionSource Source,
    string? CardId,
    FeedbackKind? Feedback,
    SuggestionLatency? Latency,
    bool Said = false)
{
    /// <summary>
    /// Figures, dates and promises of the text that neither card, brief nor call support, as they are written; absent where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? UnsupportedFigures { get; init; }

    /// <summary>The team's notes that the model was given for it, by page and heading; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }
}
