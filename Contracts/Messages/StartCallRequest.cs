using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Starts a call, or takes one up again.</summary>
/// <param name="Brief">What is known of the customer; on a resume the stored brief stands.</param>
/// <param name="Language">
/// BCP 47 tag of the spoken language, or <c>auto</c>, which leaves it to the transcriber; the gateway's <c>Calls:Language</c> when absent.
/// </param>
/// <param name="Resume">The call to take up again; absent for a new one.</param>
/// <param name="Consent">The consent to record with the call; on a resume one that is recorded stands.</param>
/// <param name="Rehearsal">Makes it a rehearsal; absent for a call. On a resume the stored one stands.</param>
public sealed record StartCallRequest(
    CallBrief? Brief = null,
    string? Language = null,
    ResumeRequest? Resume = null,
    Consent? Consent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RehearsalRequest? Rehearsal = null)
{
    /// <summary>The shape of a language tag (BCP 47), which <c>auto</c> has as well.</summary>
    public const string LanguageTag = "^(?:[A-Za-z]{2,3}|auto)(?:-[A-Za-z0-9]{1,8})*$";
}
