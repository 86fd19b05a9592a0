namespace Teleprompter.Contracts;

/// <summary>The call that was started or taken up again.</summary>
/// <param name="CallId">Names the call.</param>
/// <param name="ResumeToken">Unguessable secret of the call; whoever holds it may resume it. Keep it out of logs and addresses.</param>
/// <param name="Number">The next event carries this number plus one.</param>
/// <param name="ElapsedMs">The call's clock, in milliseconds since it was first accepted.</param>
/// <param name="Resumed">False when a new call was started, also where a resume was asked for and the call is unknown or expired.</param>
/// <param name="Language">The call's language, by which the client judges turns; null from a gateway that does not tell.</param>
public sealed record StartCallReply(string CallId, string ResumeToken, long Number, long ElapsedMs, bool Resumed, string? Language = null);
