using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Privacy;

/// <summary>All that is kept of a call, but for the hash of its resume token.</summary>
/// <param name="Subject">Who started it; null where nobody signed in.</param>
/// <param name="Consent">The consent that was recorded last; null for none.</param>
/// <param name="Brief">The brief at the start.</param>
/// <param name="Entries">What happened, in its order, as the store keeps it.</param>
public sealed record CallExport(
    string CallId,
    string? Subject,
    string? Team,
    DateTimeOffset StartedAt,
    string? Language,
    RecordedConsent? Consent,
    CallBrief Brief,
    IReadOnlyList<CallInput> Entries)
{
    public static CallExport Of(StoredCall call) => new(
        call.Record.CallId, call.Record.Subject, call.Record.Team, call.Record.StartedAt, call.Record.Language, call.Consent,
        call.Record.Brief, call.Entries);
}
