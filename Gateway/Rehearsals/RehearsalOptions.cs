using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Gateway.Rehearsals;

/// <summary>How many rehearsals there may be. Section <c>Rehearsals</c>.</summary>
public sealed class RehearsalOptions
{
    public const string Section = "Rehearsals";

    /// <summary>Rehearsals at once at this gateway, 0 to 10,000; 50 by default. 0 switches them off.</summary>
    [Range(0, 10_000, ErrorMessage = "Rehearsals:AtMost must lie between 0 and 10000.")]
    public int AtMost { get; set; } = 50;
}
