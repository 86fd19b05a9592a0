using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>
/// Where the time went between the end of the customer's speech and the first words of a suggestion, in milliseconds. Each side measures
/// its own span on its own clock and subtracts the span nested in it, so no two clocks are compared; the parts sum to <see
/// cref="ServerMs"/>.
/// </summary>
/// <param name="TurnMs">
/// End of speech to the turn judged complete (transcription and endpointing; 0 when the client's text arrives ready).
/// </param>
/// <param name="BusMs">Gateway to worker and back: the gateway's span less the worker's.</param>
/// <param name="CoalesceMs">Waiting for an older stream of the same call.</param>
/// <param name="HeldMs">Waiting for a free stream across calls.</param>
/// <param name="ContextMs">Matching the playbook and assembling the prompt.</param>
/// <param name="FirstTokenMs">Request sent to the first words; 0 when the playbook answers.</param>
/// <param name="SinceOldestMs">The same way, counted from the oldest turn the suggestion answers; at least <see cref="ServerMs"/>.</param>
/// <param name="HiddenMs">How long the model had worked before the turn was confirmed: beside the other parts, in no sum.</param>
public sealed record SuggestionLatency(
    double TurnMs,
    double BusMs,
    double CoalesceMs,
    double HeldMs,
    double ContextMs,
    double FirstTokenMs,
    double SinceOldestMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double HiddenMs = 0)
{
    /// <summary>All of it: the sum of the parts, in milliseconds.</summary>
    public double ServerMs => TurnMs + BusMs + CoalesceMs + HeldMs + ContextMs + FirstTokenMs;
}
