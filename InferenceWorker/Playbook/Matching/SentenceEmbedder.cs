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

    /// <summary>The unit vectors of texts. Together they take two thirds of the time: each run reads all weights of the model.</summary>
    /// <param name="texts">At least one, best of similar length: each costs as much as the longest.</param>
    public float[][] Embed(params IReadOnlyList<string> texts)
    {
        IReadOnlyList<int>[] ids = [.. texts.Select(text => tokenizer.EncodeToIds(text))];
        int[] counts = [.. ids.Select(tokens => Math.Min(tokens.Count, MostTokens))];
        var width = counts.Max();
        var (tokens, mask, types) = (new long[texts.Count * width], new long[texts.Count * width], new long[texts.Count * width]);
        for (var row = 0; row < texts.Count; row++)
        {
            for (var at = 0; at < counts[row]; at++)
            {
                // The last token ends the text, also of one that is cut.
                tokens[(row * width) + at] = ids[row][at == counts[row] - 1 ? ids[row].Count - 1 : at];
                mask[(row * width) + at] = 1;
            }
        }

        long[] shape = [texts.Count, width];
        using var tokenValue = OrtValue.CreateTensorValueFromMemory(tokens, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typeValue = OrtValue.CreateTensorValueFromMemory(types, shape);
        using var run = new RunOptions();
        using var results = session.Run(
            run, ["input_ids", "attention_mask", "token_type_ids"], [tokenValue, maskValue, typeValue], Outputs);
        return Means(results[0].GetTensorDataAsSpan<float>(), counts, width);
    }

    public void Dispose() => session.Dispose();

    static float[][] Means(ReadOnlySpan<float> states, int[] counts, int width)
    {
        var vectors = new float[counts.Length][];
        for (var row = 0; row < counts.Length; row++)
        {
            vectors[row] = Mean(states.Slice(row * width * Dimensions, counts[row] * Dimensions));
        }

        return vectors;
    }

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
