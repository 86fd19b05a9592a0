using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>What is known of a call from its start on.</summary>
/// <param name="TokenHash">SHA-256 of the resume token, in hexadecimal; the token itself is kept nowhere.</param>
/// <param name="Subject">Who started it, where sign-in says so; null without sign-in.</param>
/// <param name="StartedAt">When it was accepted: the zero of the call's clock.</param>
/// <param name="Brief">The brief at the start.</param>
/// <param name="Language">BCP 47 tag of the spoken language; null for English.</param>
/// <param name="Team">The team of <paramref name="Subject"/>; null for none.</param>
/// <param name="Consent">The consent that the call started with; null for none.</param>
/// <param name="Rehearsal">The rehearsal that it is; null for a call with a customer.</param>
public sealed record CallRecord(
    string CallId,
    string TokenHash,
    string? Subject,
    DateTimeOffset StartedAt,
    CallBrief Brief,
    string? Language,
    string? Team = null,
    RecordedConsent? Consent = null,
    RehearsalRequest? Rehearsal = null);
