using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Hosting.Privacy;

/// <summary>What is removed from what is said. Section <c>Privacy</c>; set the same for gateways and workers.</summary>
public sealed class PrivacyOptions : IValidatableObject
{
    public const string Section = "Privacy";

    /// <summary><see cref="RedactionKinds"/>, separated by commas; everything by default.</summary>
    public string Redact { get; set; } = nameof(RedactionKinds.All);

    /// <summary>The same for single teams, by the team's name, in place of <see cref="Redact"/>.</summary>
    public IDictionary<string, string> Teams { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is removed from a team's calls.</summary>
    /// <returns>Null where a name is not known.</returns>
    public RedactionKinds? KindsOf(string? team) => Parse(team is not null && Teams.TryGetValue(team, out var own) ? own : Redact);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string Takes = "takes All, None, or some of Cards, Accounts, Emails, Phones, Identifiers, separated by commas.";
        if (Parse(Redact) is null)
        {
            yield return new($"Privacy:Redact {Takes}");
        }

        foreach (var team in Teams.Where(team => Parse(team.Value) is null))
        {
            yield return new($"Privacy:Teams:{team.Key} {Takes}");
        }
    }

    static RedactionKinds? Parse(string names) =>
        Enum.TryParse<RedactionKinds>(names, ignoreCase: true, out var kinds) && (kinds | RedactionKinds.All) == RedactionKinds.All
            ? kinds
            : null;
}
