using System.ComponentModel.DataAnnotations;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Consents;

/// <summary>Whose consent a call needs before anything said is taken. Section <c>Consent</c>.</summary>
public sealed class ConsentOptions : IValidatableObject
{
    public const string Section = "Consent";

    public const int VersionLength = 64;
    const int NoticeLength = 2000;

    public ConsentMode Mode { get; set; }

    /// <summary>The mode of single teams, by the team's name, in place of <see cref="Mode"/>.</summary>
    public IDictionary<string, ConsentMode> Teams { get; } = new Dictionary<string, ConsentMode>(StringComparer.Ordinal);

    /// <summary>Names the policy that people agree to, 1 to 64 characters; a new one is asked for again before the next call.</summary>
    public string PolicyVersion { get; set; } = "";

    /// <summary>What the rep tells the others, at most 2,000 characters.</summary>
    public string Notice { get; set; } =
        "A program writes down what we say on this call and suggests answers to me. No sound is recorded. Is that all right with you?";

    public ConsentPolicy For(string? team) =>
        new(team is not null && Teams.TryGetValue(team, out var mode) ? mode : Mode, PolicyVersion, Notice);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PolicyVersion.Length > VersionLength || (PolicyVersion.Length == 0 && Teams.Values.Append(Mode).Any(Needed)))
        {
            yield return new("Consent:PolicyVersion must name the policy that people agree to, in 1 to 64 characters, as in 2026-11.");
        }

        if (Notice.Length is 0 or > NoticeLength)
        {
            yield return new("Consent:Notice must have 1 to 2000 characters: what the rep tells the others on the call.");
        }
    }

    static bool Needed(ConsentMode mode) => mode != ConsentMode.Off;
}
