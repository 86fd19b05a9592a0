using Microsoft.ML.OnnxRuntime;
using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Compares texts by meaning: embeds them, and keeps the vectors of those that stay the same. Thread-safe.</summary>
public sealed class TextVectors : IDisposable
{
    const int EmbeddedTogether = 8;

    readonly SentenceEmbedder embedder;
    readonly VectorFile? file;
    readonly Lock editing = new();
    Dictionary<UInt128, float[]> kept;

    TextVectors(SentenceEmbedder embedder, string? path)
    {
        this.embedder = embedder;
        file = path is null ? null : new VectorFile(path);
        kept = file?.Read() ?? [];
    }

    /// <summary>Loads the model beside the program, which takes about a second.</summary>
    /// <param name="path">The file that keeps vectors from one start to the next; null for none.</param>
    /// <param name="problem">Why there is no model; null when there is one.</param>
    /// <returns>Null when the model cannot be loaded.</returns>
    public static TextVectors? Load(string? path, out Exception? problem)
    {
        try
        {
            problem = null;
            return new TextVectors(new SentenceEmbedder(SentenceEmbedder.Folder), path);
        }
        catch (Exception error) when (error is IOException or OnnxRuntimeException or TypeInitializationException or DllNotFoundException)
        {
            problem = error;
            return null;
        }
    }

    /// <summary>The unit vectors of spoken words.</summary>
    /// <param name="words">At least one text.</param>
    public float[][] Of(params IReadOnlyList<string> words) => embedder.Embed(words);

    /// <summary>Whether the vectors of all texts are kept, so that <see cref="Kept"/> embeds nothing.</summary>
    public bool Keeps(IEnumerable<string> texts)
    {
        lock (editing)
        {
            return texts.All(text => kept.ContainsKey(VectorFile.Hash(text)));
        }
    }

    /// <summary>The vectors of texts that stay the same; those that are new are embedded and kept.</summary>
    /// <param name="problem">Why the file could not be written; null when it was, or did not have to be.</param>
    public IReadOnlyList<float[]> Kept(IReadOnlyList<string> texts, out Exception? problem)
    {
        lock (editing)
        {
            problem = null;
            var missing = texts.Distinct(StringComparer.Ordinal).Where(text => !kept.ContainsKey(VectorFile.Hash(text))).ToList();
            foreach (var together in missing.OrderBy(text => text.Length).Chunk(EmbeddedTogether))
            {
                foreach (var (at, vector) in embedder.Embed(together).Index())
                {
                    kept[VectorFile.Hash(together[at])] = vector;
                }
            }

            if (missing.Count > 0)
            {
                problem = Save(texts);
            }

            return [.. texts.Select(text => kept[VectorFile.Hash(text)])];
        }
    }

    public void Dispose() => embedder.Dispose();

    Exception? Save(IReadOnlyList<string> used)
    {
        foreach (var (hash, vector) in file?.Read() ?? [])
        {
            kept.TryAdd(hash, vector);
        }

        if (kept.Count > VectorFile.Most)
        {
            kept = used.Select(VectorFile.Hash).Distinct().ToDictionary(hash => hash, hash => kept[hash]);
        }

        try
        {
            file?.Write(kept);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }
}
