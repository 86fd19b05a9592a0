namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>The vectors of a call's latest passages: what is said of a turn so far is matched again and again. Not thread-safe.</summary>
public sealed class PassageVectors
{
    const int Most = 32;

    readonly Dictionary<string, float[]> vectors = new(StringComparer.Ordinal);

    /// <summary>The vector of a passage.</summary>
    internal float[] Of(string passage, TextVectors texts)
    {
        if (vectors.Count >= Most && !vectors.ContainsKey(passage))
        {
            vectors.Clear();
        }

        return vectors.TryGetValue(passage, out var vector) ? vector : vectors[passage] = texts.Of(passage);
    }
}
