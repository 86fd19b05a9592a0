using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>How a process leaves on SIGTERM. Section <c>Drain</c>.</summary>
public sealed class DrainOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Drain";

    /// <summary>
    /// How long handing over may take, 1 second to 10 minutes; 25 seconds by default. The orchestrator's grace period must be longer, by 5
    /// seconds or more.
    /// </summary>
    [Range(
        typeof(TimeSpan), "00:00:01", "00:10:00",
        ErrorMessage = "Drain:Within must lie between 00:00:01 (one second) and 00:10:00 (ten minutes).")]
    public TimeSpan Within { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long a gateway stays as it is after readiness went off, so that load balancers notice, up to 1 minute; 2 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Drain:Notice must lie between 00:00:00 and 00:01:00 (one minute).")]
    public TimeSpan Notice { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Over how long a gateway spreads the goodbyes, so that its clients do not all come back at once, up to 5 minutes; 5 seconds by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "Drain:Spread must lie between 00:00:00 and 00:05:00 (five minutes).")]
    public TimeSpan Spread { get; set; } = TimeSpan.FromSeconds(5);
}
