using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// Turns English text into vectors whose dot product says how near two texts are in meaning: all-MiniLM-L6-v2 on one thread, some
/// milliseconds a sentence. Thread-safe.
/// </summary>
sealed class SentenceEmbedder : IDisposable
{
    /// <summary>The length of a vector.</summary>
    public const int Dimensions = 384;

    /// <summary>Names what made a vector: vectors of another model or of another <see cref="Embed"/> compare to nothing.</summary>
    public const string Version = "all-MiniLM-L6-v2/1";

    // A passage is far shorter; a whole turn is matched by its last words.
    const int MostTokens = 128;

    static readonly string[] Outputs = ["last_hidden_state"];

    readonly InferenceSession session;
    readonly BertTokenizer tokenizer;

    /// <summary>Loads the model, which takes about a second.</summary>
    /// <param name="folder">Holds <c>model.onnx</c> and <c>vocab.txt</c>.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="OnnxRuntimeException">The model cannot be loaded.</exception>
    public SentenceEmbedder(string folder)
    {
        tokenizer = BertTokenizer.Create(Path.Combine(folder, "vocab.txt"));
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
        };
        session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
    }

    /// <summary>Where a build puts the model.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "embedding");

    /// <summary>The unit vector of a text.</summary>
    public float[] Embed(string text)
    {
        var ids = tokenizer.EncodeToIds(text);
        var count = Math.Min(ids.Count, MostTokens);
        var (tokens, mask, types) = (new long[count], new long[count], new long[count]);
        for (var at = 0; at < count; at++)
        {
            // The last token ends the text, also of one that is cut.
            (tokens[at], mask[at]) = (ids[at == count - 1 ? ids.Count - 1 : at], 1);
        }

        long[] shape = [1, count];
        using var tokenValue = OrtValue.CreateTensorValueFromMemory(tokens, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typeValue = OrtValue.CreateTensorValueFromMemory(types, shape);
        using var run = new RunOptions();
        using var results = session.Run(
            run, ["input_ids", "attention_mask", "token_type_ids"], [tokenValue, maskValue, typeValue], Outputs);
        return Mean(results[0].GetTensorDataAsSpan<float>());
    }

    public void Dispose() => session.Dispose();

    static float[] Mean(ReadOnlySpan<float> states)
    {
        var vector = new float[Dimensions];
        for (; states.Length > 0; states = states[Dimensions..])
        {
            TensorPrimitives.Add(vector, states[..Dimensions], vector);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
