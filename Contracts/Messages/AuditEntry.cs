namespace Teleprompter.Contracts;

/// <summary>Who did what with which call, and when. Has no words of a call.</summary>
/// <param name="By">The signed-in subject who did it; null where nobody signs in.</param>
/// <param name="ByName">The name to be shown; null where there is none.</param>
/// <param name="CallId">The call; null for an action on a person's calls.</param>
/// <param name="Team">The call's team; null for none.</param>
/// <param name="Person">The subject whose call it is, or whose calls they are; null for calls that nobody signed in for.</param>
public sealed record AuditEntry(
    DateTimeOffset At, AuditAction Action, string? By, string? ByName, string? CallId, string? Team, string? Person);
