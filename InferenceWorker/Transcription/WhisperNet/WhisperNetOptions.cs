namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>How Whisper runs inside this process. The model file is <see cref="TranscriptionOptions.Model"/>.</summary>
public sealed class WhisperNetOptions
{
    public const string Section = "Transcription:WhisperNet";

    /// <summary>
    /// Stretches transcribed at once, 1 to 64; ended ones wait in line. Default 2. Each takes memory of its own beside the model: about 0.2
    /// GB with a small model, 0.6 GB with a large one. Without a GPU they share the processors; a GPU takes them in turns, and more than 4
    /// make words later.
    /// </summary>
    public int Slots { get; set; } = 2;

    /// <summary>Runs the model on the GPU where there is one. Default true.</summary>
    public bool UseGpu { get; set; } = true;

    /// <summary>Computes attention without the whole matrix in memory. Default true, as in whisper.cpp.</summary>
    public bool FlashAttention { get; set; } = true;

    /// <summary>Where to get the model file from at start, where it is not there; http or https. Needs <see cref="Sha256"/>.</summary>
    public Uri? Download { get; set; }

    /// <summary>
    /// The SHA-256 of the model file, in 64 hexadecimal digits: a file that has another is refused. Checked at each start where it is set.
    /// </summary>
    public string? Sha256 { get; set; }
}
