namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>What turns voices into words.</summary>
public enum TranscriptionProvider
{
    /// <summary>Nothing: text comes from the client, audio is dropped and counted.</summary>
    None,

    /// <summary>An endpoint that speaks OpenAI's <c>/v1/audio/transcriptions</c>.</summary>
    OpenAI,

    /// <summary>Whisper inside this process; needs a model file.</summary>
    WhisperNet,
}
