using System.Runtime.InteropServices;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// Finds how similar a text is to each of some examples: the cosine of their vectors, in which a term weighs more the fewer classes use it
/// (of TF-IDF and its kin the measure that told banking77's intents apart best). Kept as an inverted index. Thread-safe.
/// </summary>
sealed class ExampleIndex
{
    // Added to every term's rarity, so that what all classes share still counts a little in who is similar.
    const float LeastRarity = 3;

    [ThreadStatic]
    static List<Feature>[]? scratch;

    readonly Dictionary<ulong, int> terms = [];
    readonly (int Example, float Weight)[][] postings;
    readonly float[] rarity;
    readonly float unknownRarity;

    /// <summary>Indexes examples, each given as its stemmed words and its class.</summary>
    public ExampleIndex(IReadOnlyList<(IReadOnlyList<string> Words, int Class)> examples)
    {
        Count = examples.Count;
        var users = ClassesUsing(examples);
        var classes = examples.Select(example => example.Class).Distinct().Count();
        rarity = [.. users.Select(users => Rarity(users.Count, classes))];
        unknownRarity = Rarity(0, classes);

        var lists = users.Select(_ => new List<(int, float)>()).ToList();
        for (var example = 0; example < Count; example++)
        {
            foreach (var (term, weight) in Vector(examples[example].Words))
            {
                lists[term].Add((example, weight));
            }
        }

        postings = [.. lists.Select(list => list.ToArray())];
    }

    /// <summary>The number of examples.</summary>
    public int Count { get; }

    /// <summary>Fills <paramref name="similarities"/>, one for each example, with values from 0 to 1.</summary>
    public void Compare(IReadOnlyList<string> words, Span<float> similarities)
    {
        similarities.Clear();
        foreach (var (term, weight) in Vector(words))
        {
            foreach (var (example, exampleWeight) in postings[term])
            {
                similarities[example] += weight * exampleWeight;
            }
        }
    }

    static float Rarity(int users, int classes) => MathF.Log((1f + classes) / (1 + users)) + LeastRarity;

    List<HashSet<int>> ClassesUsing(IReadOnlyList<(IReadOnlyList<string> Words, int Class)> examples)
    {
        var users = new List<HashSet<int>>();
        var found = Features.Lists();
        foreach (var (words, wordsClass) in examples)
        {
            Features.Extract(words, found);
            foreach (var feature in found.SelectMany(features => features))
            {
                ref var term = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, feature.Hash, out var known);
                if (!known)
                {
                    term = users.Count;
                    users.Add([]);
                }

                users[term].Add(wordsClass);
            }
        }

        return users;
    }

    // A unit vector, without the terms that no example has; they count in its length, so that unfamiliar talk is similar to nothing.
    List<(int Term, float Weight)> Vector(IReadOnlyList<string> words)
    {
        var found = scratch ??= Features.Lists();
        Features.Extract(words, found);
        var vector = new List<(int Term, float Weight)>(200);
        var total = 0f;
        for (var kind = 0; kind < found.Length; kind++)
        {
            if (found[kind].Count > 0)
            {
                AddKind(found[kind], Features.Shares[kind], vector);
                total += Features.Shares[kind];
            }
        }

        var scale = 1 / MathF.Sqrt(total);
        foreach (ref var entry in CollectionsMarshal.AsSpan(vector))
        {
            entry.Weight *= scale;
        }

        return vector;
    }

    void AddKind(List<Feature> features, float share, List<(int Term, float Weight)> vector)
    {
        features.Sort(static (one, other) => one.Hash.CompareTo(other.Hash));
        var first = vector.Count;
        var squares = 0f;
        for (var at = 0; at < features.Count;)
        {
            var start = at;
            var most = 0f;
            while (at < features.Count && features[at].Hash == features[start].Hash)
            {
                most = MathF.Max(most, features[at++].Weight);
            }

            var known = terms.TryGetValue(features[start].Hash, out var term);
            var weight = most * (known ? rarity[term] : unknownRarity) * (1 + MathF.Log(at - start));
            squares += weight * weight;
            if (known)
            {
                vector.Add((term, weight));
            }
        }

        var scale = MathF.Sqrt(share / squares);
        foreach (ref var entry in CollectionsMarshal.AsSpan(vector)[first..])
        {
            entry.Weight *= scale;
        }
    }
}
