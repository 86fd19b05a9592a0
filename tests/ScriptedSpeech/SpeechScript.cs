namespace Teleprompter.Tests.ScriptedSpeech;

/// <summary>How the scripted speech server answers. A change counts from the next request.</summary>
public sealed record SpeechScript
{
    /// <summary>Time from receiving a request to its first audio.</summary>
    public TimeSpan FirstAudio { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>How long a voice takes for a character: 15 characters a second.</summary>
    public TimeSpan PerCharacter { get; init; } = TimeSpan.FromSeconds(1 / 15.0);

    /// <summary>How many times faster than it is played the audio comes.</summary>
    public double Speed { get; init; } = 10;

    /// <summary>The bytes of a piece; odd sizes split samples.</summary>
    public int PieceBytes { get; init; } = 4801;

    /// <summary>The samples a second of a WAV header before the audio; null for none.</summary>
    public int? WavRate { get; init; }

    /// <summary>The voices it has; another is refused with status 400. Null for any.</summary>
    public IReadOnlyList<string>? Voices { get; init; }

    /// <summary>What goes wrong.</summary>
    public SpeechFault Fault { get; init; }

    /// <summary>Requests that are answered well before <see cref="Fault"/> strikes.</summary>
    public int FaultAfter { get; init; }

    /// <summary>The part of requests on which <see cref="Fault"/> strikes, 0 to 1.</summary>
    public double FaultRate { get; init; } = 1;

    /// <summary>The status of <see cref="SpeechFault.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>What the error says.</summary>
    public string Error { get; init; } = "The voice is not known.";

    /// <summary>Seeds <see cref="FaultRate"/>, which is drawn in the order of arrival.</summary>
    public int Seed { get; init; } = 1;
}
