using System.Text.Json.Serialization;

namespace Teleprompter.Contracts.Dashboard;

/// <summary>A live call, as a team lead sees it among others. Moments are milliseconds since 1970.</summary>
/// <param name="CallId">The call.</param>
/// <param name="WorkerId">Who owns it.</param>
/// <param name="RepName">The rep; null when the brief does not say.</param>
/// <param name="CustomerName">The customer; null when the brief does not say.</param>
/// <param name="Company">The customer's company; null when the brief does not say.</param>
/// <param name="StartedAtMs">When it was accepted.</param>
/// <param name="Status">The facts that the rep's status line is picked from.</param>
/// <param name="Connected">Whether the rep's panel is connected and reads.</param>
/// <param name="LastLatencyMs">
/// From the end of the customer's speech to the first words of the last suggestion; null before the first.
/// </param>
/// <param name="LastSource">Who wrote it.</param>
/// <param name="RepTalkMs">How long the rep spoke.</param>
/// <param name="CustomerTalkMs">How long the customer spoke.</param>
/// <param name="MonologueMs">The longest stretch in which one of them spoke without being answered by more than a word or two.</param>
/// <param name="MonologueBy">Who that was; null before anybody spoke.</param>
/// <param name="Shown">Suggestions completed.</param>
/// <param name="Used">Of those, used by the rep.</param>
/// <param name="Withdrawn">Suggestions taken back.</param>
/// <param name="RepHeardAtMs">When the rep was last heard; null for never.</param>
/// <param name="CustomerHeardAtMs">When the customer was last heard; null for never.</param>
/// <param name="WaitingSinceMs">Since when the oldest turn that deserves an answer waits for one; null when none does.</param>
/// <param name="Tokens">What was asked of models for it.</param>
/// <param name="PlaybookVersion">The playbook that its last card or suggestion came from; null before the first.</param>
public sealed record LiveCallView(
    string CallId,
    string WorkerId,
    string? RepName,
    string? CustomerName,
    string? Company,
    long StartedAtMs,
    CallStatus Status,
    bool Connected,
    double? LastLatencyMs,
    SuggestionSource? LastSource,
    long RepTalkMs,
    long CustomerTalkMs,
    long MonologueMs,
    Speaker? MonologueBy,
    int Shown,
    int Used,
    int Withdrawn,
    long? RepHeardAtMs,
    long? CustomerHeardAtMs,
    long? WaitingSinceMs,
    TokenUse Tokens,
    string? PlaybookVersion)
{
    /// <summary>The persona that the rep rehearses with; absent for a call with a customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RehearsesWith { get; init; }
}
