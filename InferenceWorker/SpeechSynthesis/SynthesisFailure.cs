namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Why a clause did not become sound, or only the beginning of it.</summary>
public enum SynthesisFailure
{
    /// <summary>No audio, or no more of it, within <see cref="SynthesisOptions.AudioTimeout"/>.</summary>
    Timeout,

    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>The server does not take the request.</summary>
    Refused,

    /// <summary>The server reports an error of its own.</summary>
    ServerError,

    /// <summary>The audio is not PCM of 24 kHz, 16 bits, mono.</summary>
    WrongFormat,

    /// <summary>The answer has no audio.</summary>
    NoAudio,

    /// <summary>The server is not reachable, or the connection broke.</summary>
    Unreachable,
}
