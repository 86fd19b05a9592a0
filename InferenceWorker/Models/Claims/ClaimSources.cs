namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>What the claims of an answer may stand on.</summary>
/// <param name="Offered">The seller's side: the cards, the brief, and what the rep said.</param>
/// <param name="Said">
/// What else is known of the call, customers' words above all. They support an answer that repeats them, never an offer: whoever claims
/// to have been promised a price does not make it one.
/// </param>
public sealed record ClaimSources(string Offered, string Said)
{
    public static ClaimSources None { get; } = new("", "");
}
