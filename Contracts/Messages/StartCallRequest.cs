namespace Teleprompter.Contracts;

/// <summary>Starts a call, or takes one up again.</summary>
/// <param name="Brief">What is known of the customer; on a resume the stored brief stands.</param>
/// <param name="Language">BCP 47 tag of the spoken language; English when absent. Other languages end turns by pauses alone.</param>
/// <param name="Resume">The call to take up again; absent for a new one.</param>
public sealed record StartCallRequest(CallBrief? Brief = null, string? Language = null, ResumeRequest? Resume = null);
