using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Hosting.Privacy;

/// <summary>What is removed from what is said. Section <c>Privacy</c>; set the same for gateways and workers.</summary>
public sealed class PrivacyOptions : IValidatableObject
{
    public const string Section = "Privacy";

    /// <summary><see cref="RedactionKinds"/>, separated by commas; everything by default.</summary>
    public string Redact { get; set; } = nameof(RedactionKinds.All);

    /// <summary>The same as flags.</summary>
    /// <returns>Null where a name is not known.</returns>
    public RedactionKinds? Kinds =>
        Enum.TryParse<RedactionKinds>(Redact, ignoreCase: true, out var kinds) && (kinds | RedactionKinds.All) == RedactionKinds.All
            ? kinds
            : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Kinds is null
        ? [new("Privacy:Redact takes All, None, or some of Cards, Accounts, Emails, Phones, Identifiers, separated by commas.")]
        : [];
}
