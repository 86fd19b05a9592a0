using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Gateway.Intake;

/// <summary>What one connection may send. Section <c>Gateway</c>.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "Gateway";

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
}
