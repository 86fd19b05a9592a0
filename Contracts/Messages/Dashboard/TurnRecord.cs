using System.Text.Json.Serialization;

namespace Teleprompter.Contracts.Dashboard;

/// <summary>
/// What became of a customer turn, or of a suggestion that was taken back before its turn had an outcome. Moments are milliseconds since
/// 1970.
/// </summary>
/// <param name="RecordId">
/// Names it within the call; a later record of the same id replaces it, for example when the client's part of the latency is known.
/// </param>
/// <param name="TurnId">The turn.</param>
/// <param name="AtMs">When it was settled or taken back.</param>
/// <param name="AgeMs">From the end of the customer's speech to then.</param>
/// <param name="Outcome">What became of the turn; null where a suggestion was taken back and the turn went on waiting.</param>
/// <param name="Reason">Why.</param>
/// <param name="Withdrawn">Why the suggestion was taken back; null where none was.</param>
/// <param name="SuggestionId">The suggestion; null when there was none.</param>
/// <param name="Source">Who wrote it.</param>
/// <param name="FirstWordsMs">
/// From the end of the customer's speech to its first words on the screen, as far as measured; null when there were none.
/// </param>
/// <param name="Latency">Where that time went; null for what was not completed.</param>
/// <param name="NetworkMs">The network's part, as the client measured it.</param>
/// <param name="RenderMs">Painting, as the client measured it.</param>
/// <param name="Held">The question waited for a free stream, and the rep saw "busy".</param>
/// <param name="PlaybookVersion">The playbook that grounded it.</param>
/// <param name="WorkerId">Who made it.</param>
/// <param name="Epoch">The ownership it was made under.</param>
public sealed record TurnRecord(
    string RecordId,
    string TurnId,
    long AtMs,
    double AgeMs,
    TurnOutcome? Outcome,
    SettleReason? Reason,
    WithdrawReason? Withdrawn,
    string? SuggestionId,
    SuggestionSource? Source,
    double? FirstWordsMs,
    SuggestionLatency? Latency,
    double? NetworkMs,
    double? RenderMs,
    bool Held,
    string? PlaybookVersion,
    string WorkerId,
    long Epoch)
{
    /// <summary>The model that wrote it, by the name it is asked by; absent for the playbook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }
}
