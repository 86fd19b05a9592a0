using Microsoft.ML.OnnxRuntime;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Silero's model of voice activity, loaded once and shared by all voices of the process; what it remembers of a voice is kept by the
/// caller.
/// </summary>
/// <remarks>
/// The file is that of the npm package @ricky0123/vad-web 0.0.31, by which the browser judges; a build of the worker alone has no npm.
/// </remarks>
public sealed class SpeechModel : IDisposable
{
    /// <summary>The samples judged at a time: 32 ms.</summary>
    public const int WindowSamples = 512;

    /// <summary>The samples before them that the model reads too: 4 ms.</summary>
    public const int ContextSamples = 64;

    /// <summary>The numbers that the model remembers of a voice.</summary>
    public const int StateValues = 2 * 128;

    static readonly string[] inputs = ["input", "state", "sr"];
    static readonly string[] outputs = ["output", "stateN"];

    readonly RunOptions options = new();
    readonly InferenceSession session;
    readonly OrtValue rate = OrtValue.CreateTensorValueFromMemory([(long)AudioFrame.SampleRate], []);

    /// <summary>Loads the model.</summary>
    public SpeechModel()
    {
        using var settings = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, EnableCpuMemArena = false };
        using var file = typeof(SpeechModel).Assembly.GetManifestResourceStream("silero_vad_v6.onnx")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        try
        {
            session = new InferenceSession(bytes, settings);
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException)
        {
            throw new InvalidOperationException(
                "The native library of ONNX Runtime is not beside this program, or not for this machine: publish for it with -r, "
                + "or set Transcription:Silero to false.",
                error);
        }
    }

    /// <summary>Judges a window of a voice.</summary>
    /// <param name="samples">The context and the window, from -1 to 1.</param>
    /// <param name="state">What the model remembers of the voice; replaced.</param>
    /// <returns>How likely it is speech, from 0 to 1.</returns>
    public float Judge(float[] samples, float[] state)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(samples, [1, samples.Length]);
        using var memory = OrtValue.CreateTensorValueFromMemory(state, [2, 1, StateValues / 2]);
        using var results = session.Run(options, inputs, [input, memory, rate], outputs);
        results[1].GetTensorDataAsSpan<float>().CopyTo(state);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    public void Dispose()
    {
        session.Dispose();
        rate.Dispose();
        options.Dispose();
    }
}
