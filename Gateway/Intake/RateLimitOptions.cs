using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Gateway.Intake;

/// <summary>What one connection may send, and how many one user or address may have. Section <c>Gateway</c>.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "Gateway";

    public const int DefaultConnectionsPerAddress = 500;

    /// <summary>Messages in one go, 1 to 1,000; 40 by default.</summary>
    [Range(1, 1000, ErrorMessage = "Gateway:MessageBurst must lie between 1 and 1000.")]
    public int MessageBurst { get; set; } = 40;

    /// <summary>Messages a second in the long run, 1 to 1,000; 25 by default: two speakers' interims at ten a second and room.</summary>
    [Range(1, 1000, ErrorMessage = "Gateway:MessagesPerSecond must lie between 1 and 1000.")]
    public int MessagesPerSecond { get; set; } = 25;

    /// <summary>
    /// Seconds of audio in one go, 1 to 300; 20 by default: what both voices gather while a connection is lost for ten seconds.
    /// </summary>
    [Range(1, 300, ErrorMessage = "Gateway:AudioBurst must lie between 1 and 300 (seconds of audio).")]
    public int AudioBurst { get; set; } = 20;

    /// <summary>Seconds of audio each second in the long run, 2 to 100; 16 by default: both voices at eight times speaking pace.</summary>
    [Range(2, 100, ErrorMessage = "Gateway:AudioPerSecond must lie between 2 and 100 (seconds of audio a second): two voices need 2.")]
    public int AudioPerSecond { get; set; } = 16;

    /// <summary>Bytes of one message, 8 KiB to 1 MiB; 32 KiB by default.</summary>
    [Range(8 * 1024, 1024 * 1024, ErrorMessage = "Gateway:MessageBytes must lie between 8192 and 1048576.")]
    public int MessageBytes { get; set; } = 32 * 1024;

    /// <summary>Sockets of one address at this gateway; by default 500 where people sign in, and any number in development mode.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Gateway:ConnectionsPerAddress must lie between 1 and 1000000.")]
    public int? ConnectionsPerAddress { get; set; }

    /// <summary>Calls that one signed-in user has open at all gateways together, 1 to 1,000; 4 by default.</summary>
    [Range(1, 1000, ErrorMessage = "Gateway:CallsPerUser must lie between 1 and 1000.")]
    public int CallsPerUser { get; set; } = 4;

    /// <summary>
    /// How long a call may last, 1 minute to 7 days; 8 hours by default. After that it can be read and ended, not continued.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Gateway:CallLength must lie between 00:01:00 and 7.00:00:00.")]
    public TimeSpan CallLength { get; set; } = TimeSpan.FromHours(8);

    /// <summary>What a client is told of a call that has lasted too long; null of any other.</summary>
    public string? LengthProblem(TimeSpan now) => now <= CallLength
        ? null
        : $"The call has lasted {CallLength.TotalHours:0.#} hours, the most that Gateway:CallLength allows. End it and start a new one.";
}
