using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

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
