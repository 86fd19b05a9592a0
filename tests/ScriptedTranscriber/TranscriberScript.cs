namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>How the scripted transcriber answers. A change counts from the next request.</summary>
public sealed record TranscriberScript
{
    /// <summary>Time from having received a request to its answer.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The answer to audio that is in no recording.</summary>
    public string Otherwise { get; init; } = "";

    /// <summary>Answered instead of words; null for words.</summary>
    public int? Status { get; init; }

    /// <summary>Requests that get <see cref="Status"/> before all is well; null for no end.</summary>
    public int? StatusCount { get; init; }

    /// <summary>The whole answer instead of words, and its content type; null for words as JSON.</summary>
    public (string Body, string Type)? Raw { get; init; }

    /// <summary>Never answers, until the client gives up.</summary>
    public bool Hang { get; init; }
}
