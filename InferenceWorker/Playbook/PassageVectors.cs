namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>The vectors of a call's latest passages: what is said of a turn so far is matched again and again. Not thread-safe.</summary>
public sealed class PassageVectors
{
    const int Most = 32;

    readonly OrderedDictionary<string, float[]> vectors = new(StringComparer.Ordinal);

    /// <summary>The vectors of passages.</summary>
    internal float[][] Of(IReadOnlyList<string> passages, TextVectors texts)
    {
        string[] missing = [.. passages.Where(passage => !vectors.ContainsKey(passage)).Distinct(StringComparer.Ordinal)];
        foreach (var (at, vector) in (missing.Length > 0 ? texts.Of(missing) : []).Index())
        {
            vectors.Add(missing[at], vector);
        }

        float[][] found = [.. passages.Select(passage => vectors[passage])];
        while (vectors.Count > Most)
        {
            vectors.RemoveAt(0);
        }

        return found;
    }
}
