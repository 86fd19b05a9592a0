using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Bus;

/// <summary>How long and how much of the audit trail is kept. Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How long an entry is kept, 1 day to 10 years; a year by default.</summary>
    [Range(
        typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "Audit:Retention must lie between 1.00:00:00 and 3650.00:00:00.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How many entries are kept at most, 1,000 to 10 million; 100,000 by default, about 30 MB.</summary>
    [Range(1000, 10_000_000, ErrorMessage = "Audit:MaxEntries must lie between 1000 and 10000000.")]
    public int MaxEntries { get; set; } = 100_000;
}
