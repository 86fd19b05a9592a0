using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Gateway.SignIn;

/// <summary>
/// The company's OpenID Connect provider. Section <c>SignIn</c>. Without one, the gateway is in development mode: nobody signs in, and it
/// listens on loopback only.
/// </summary>
public sealed class SignInOptions : IValidatableObject
{
    public const string Section = "SignIn";

    /// <summary>The provider's issuer, for example <c>https://login.microsoftonline.com/TENANT/v2.0</c>. None by default.</summary>
    public Uri? Authority { get; set; }

    /// <summary>What access tokens must be issued for, as their <c>aud</c> says it. Needed with <see cref="Authority"/>.</summary>
    public string Audience { get; set; } = "";

    /// <summary>What the pages are registered as with the provider. Needed with <see cref="Authority"/>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret of <see cref="ClientId"/>; none for a public client, since the code flow uses PKCE.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// What the Chrome extension is registered as with the provider: a public client of its own, since it can keep no secret. None by
    /// default; then nobody signs in from the extension.
    /// </summary>
    public string ExtensionClientId { get; set; } = "";

    /// <summary>
    /// The scopes that the extension asks for, separated by spaces; <c>openid profile offline_access</c> by default. Entra ID needs the
    /// API's own scope besides.
    /// </summary>
    public string ExtensionScope { get; set; } = "openid profile offline_access";

    /// <summary>
    /// The claim that names a person; <c>sub</c> by default. Entra ID needs <c>oid</c>: its <c>sub</c> differs by client.
    /// </summary>
    [Required]
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim that has a person's roles; <c>roles</c> by default.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that names a person's team; none by default, then all calls are of one team.</summary>
    public string? TeamClaim { get; set; }

    /// <summary>The value of <see cref="RoleClaim"/> that makes a rep, who sees their own calls.</summary>
    [Required]
    public string Rep { get; set; } = "rep";

    /// <summary>The value of <see cref="RoleClaim"/> that makes a lead, who also sees the team's calls.</summary>
    [Required]
    public string Lead { get; set; } = "lead";

    /// <summary>The value of <see cref="RoleClaim"/> that makes an administrator, who also sees the calls of all teams.</summary>
    [Required]
    public string Admin { get; set; } = "admin";

    /// <summary>How long a page stays signed in; 10 minutes to 24 hours, 12 hours by default.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "1.00:00:00", ErrorMessage = "SignIn:Session must lie between 00:10:00 and 1.00:00:00.")]
    public TimeSpan Session { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Whether people must sign in. False is development mode.</summary>
    public bool Required => Authority is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null)
        {
            yield break;
        }

        if (!Authority.IsAbsoluteUri || (Authority.Scheme != Uri.UriSchemeHttps && !Authority.IsLoopback))
        {
            yield return new ValidationResult(
                "SignIn:Authority must be the provider's https address, for example https://login.microsoftonline.com/TENANT/v2.0.");
        }

        if (Audience.Length == 0 || ClientId.Length == 0)
        {
            yield return new ValidationResult(
                "SignIn:Authority needs SignIn:ClientId, as which the pages are registered with it, and SignIn:Audience, for which it "
                + "issues access tokens.");
        }
    }
}
