namespace Teleprompter.Contracts;

/// <summary>A consent as it is kept with its call.</summary>
/// <param name="At">When the gateway recorded it.</param>
/// <param name="By">Who said so: the signed-in person's name, or else subject; null where nobody signs in.</param>
public sealed record RecordedConsent(Consent Consent, DateTimeOffset At, string? By);
