namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Why a transcriber gave no words.</summary>
public enum TranscriptionFailure
{
    /// <summary>Not within <see cref="TranscriptionOptions.Timeout"/>.</summary>
    Timeout,

    /// <summary>Too many requests: well, and busy.</summary>
    Busy,

    /// <summary>It does not take this stretch.</summary>
    Refused,

    /// <summary>An error of its own.</summary>
    ServerError,

    /// <summary>Not reachable, cut off, or not the protocol.</summary>
    Unreachable,

    /// <summary>Not asked: it failed too often just now.</summary>
    Resting,
}
