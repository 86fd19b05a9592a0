using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

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
