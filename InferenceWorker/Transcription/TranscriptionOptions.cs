namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>How voices become words.</summary>
public sealed class TranscriptionOptions
{
    public const string Section = "Transcription";

    /// <summary>What transcribes. Default <see cref="TranscriptionProvider.None"/>.</summary>
    public TranscriptionProvider Provider { get; set; }

    /// <summary>
    /// With <see cref="TranscriptionProvider.OpenAI"/>: base address of the API (<c>http://localhost:8000/v1</c>,
    /// <c>https://api.openai.com/v1</c>) or of an Azure OpenAI resource (<c>https://NAME.openai.azure.com</c>).
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>The key; may be empty for a server of one's own that asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>With OpenAI the model or deployment; with WhisperNet the path of the model file.</summary>
    public string? Model { get; set; }

    /// <summary>
    /// Whether Silero's model judges the voices that no client gated. Default true: 7 ms of processor time a second of voice, and 50 MB for
    /// the process. False: they are judged by level and pitch, which hear little in a noisy room.
    /// </summary>
    public bool Silero { get; set; } = true;

    /// <summary>
    /// Stretches transcribed at once by this worker, 1 to 1,000. Default 32. Stretches that ended wait for a place, those that still grow
    /// are left out.
    /// </summary>
    public int Slots { get; set; } = 32;

    /// <summary>The longest wait for the words of a stretch, its one retry included. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
