using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;

namespace Teleprompter.Gateway.SignIn;

/// <summary>Who signed in, in the gateway's own claims: of a provider's claims nothing else is kept.</summary>
/// <param name="Subject">Names the person; null in development mode only.</param>
/// <param name="Name">To be shown; null where the provider gives none.</param>
/// <param name="Role">Null for somebody whom the provider gave no role.</param>
/// <param name="Team">Null for none.</param>
/// <param name="ExpiresAt">When the sign-in ends; null for never.</param>
public sealed record SignedInUser(string? Subject, string? Name, UserRole? Role, string? Team, DateTimeOffset? ExpiresAt)
{
    const int NameLength = 100;
    const string SubjectType = ClaimTypes.NameIdentifier;
    const string RoleType = "role";
    const string TeamType = "team";
    const string ExpiryType = "exp";

    /// <summary>Reads the claims of a provider.</summary>
    /// <param name="claims">An identity token's or an access token's, as they are written there.</param>
    /// <param name="expiresAt">When the sign-in ends.</param>
    /// <returns>The user; null where nobody is named.</returns>
    public static SignedInUser? FromProvider(ClaimsPrincipal claims, SignInOptions options, DateTimeOffset expiresAt)
    {
        var roles = claims.FindAll(options.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        UserRole? role = roles.Contains(options.Admin) ? UserRole.Admin
            : roles.Contains(options.Lead) ? UserRole.Lead
            : roles.Contains(options.Rep) ? UserRole.Rep
            : null;
        var team = options.TeamClaim is { Length: > 0 } type ? claims.FindFirst(type)?.Value : null;
        return claims.FindFirst(options.SubjectClaim)?.Value is { Length: > 0 } subject
            ? new SignedInUser(subject, Shown(claims.FindFirst("name")?.Value), role, team, expiresAt)
            : null;
    }

    /// <summary>Reads the claims that <see cref="Principal"/> wrote.</summary>
    public static SignedInUser Of(ClaimsPrincipal? principal) => new(
        principal?.FindFirst(SubjectType)?.Value,
        principal?.FindFirst(ClaimTypes.Name)?.Value,
        Enum.TryParse<UserRole>(principal?.FindFirst(RoleType)?.Value, out var role) ? role : null,
        principal?.FindFirst(TeamType)?.Value,
        long.TryParse(principal?.FindFirst(ExpiryType)?.Value, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeSeconds(at)
            : null);

    public static SignedInUser FromJson(string json) => JsonSerializer.Deserialize<SignedInUser>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>The user as ASP.NET Core carries it.</summary>
    /// <param name="scheme">What signed the user in.</param>
    public ClaimsPrincipal Principal(string scheme)
    {
        IEnumerable<(string Type, string? Value)> claims =
        [
            (SubjectType, Subject), (ClaimTypes.Name, Name), (RoleType, Role?.ToString()), (TeamType, Team),
            (ExpiryType, ExpiresAt?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(
            from claim in claims where claim.Value is not null select new Claim(claim.Type, claim.Value), scheme));
    }

    /// <summary>Whether the user may do what a role may.</summary>
    public bool Is(UserRole role) => Role >= role;

    /// <summary>Whether the user may see, as a lead, the calls of a team.</summary>
    public bool SeesTeam(string? team) => Is(UserRole.Admin) || (Is(UserRole.Lead) && team == Team);

    static string? Shown(string? name)
    {
        var shown = string.Concat((name ?? "").EnumerateRunes().Where(IsShown)).Trim();
        return shown.Length switch { 0 => null, > NameLength => shown[..NameLength], _ => shown };
    }

    static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);
}
