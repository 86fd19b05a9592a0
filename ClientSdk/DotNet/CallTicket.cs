namespace Teleprompter.ClientSdk;

/// <summary>Names a call to come back to.</summary>
/// <param name="ResumeToken">Its secret: keep it in memory, out of logs and addresses.</param>
public sealed record CallTicket(string CallId, string ResumeToken);
