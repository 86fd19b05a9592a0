namespace Teleprompter.Contracts;

/// <summary>Names a call and proves that it is the caller's.</summary>
/// <param name="CallId">The id that <see cref="StartCallReply"/> gave.</param>
/// <param name="ResumeToken">The secret that <see cref="StartCallReply"/> gave.</param>
/// <param name="LastNumber">The number of the last event the client handled, 0 when none; numbering goes on from it.</param>
public sealed record ResumeRequest(string? CallId, string? ResumeToken, long LastNumber = 0);
