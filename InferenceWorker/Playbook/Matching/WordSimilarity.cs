using System.Runtime.InteropServices;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// How similar a text is to each of some examples in its words and word pairs: the cosine of their vectors, in which a term weighs more the
/// fewer classes use it. Kept as an inverted index. Thread-safe.
/// </summary>
sealed class WordSimilarity
{
    // Of the squared length of a vector; the words have the rest.
    const float PairsShare = 0.6f;

    readonly Dictionary<string, Term>.AlternateLookup<ReadOnlySpan<char>> terms;
    readonly float unknownRarity;

    /// <summary>Indexes examples.</summary>
    /// <param name="examples">Spoken words joined by spaces, and their class.</param>
    public WordSimilarity(IReadOnlyList<(string Text, int Class)> examples, int classes)
    {
        var users = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var (text, itsClass) in examples)
        {
            var padded = $" {text} ";
            foreach (var term in Stretches(padded, wordsEach: 1).Concat(Stretches(padded, wordsEach: 2)))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(users, padded[term], out _) ??= []).Add(itsClass);
            }
        }

        unknownRarity = Rarity(0, classes);
        terms = users.ToDictionary(term => term.Key, term => new Term(Rarity(term.Value.Count, classes), []), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        for (var example = 0; example < examples.Count; example++)
        {
            foreach (var (term, weight) in Vector(examples[example].Text))
            {
                term.Examples.Add((example, weight));
            }
        }
    }

    /// <summary>Fills <paramref name="similarities"/>, one for each example, with values from 0 to 1.</summary>
    public void Compare(string text, Span<float> similarities)
    {
        similarities.Clear();
        foreach (var (term, weight) in Vector(text))
        {
            foreach (var (example, exampleWeight) in CollectionsMarshal.AsSpan(term.Examples))
            {
                similarities[example] += weight * exampleWeight;
            }
        }
    }

    static float Rarity(int users, int classes) => MathF.Log((1f + classes) / (1 + users)) + 1;

    // Words stand between two spaces, and pairs between three. A pair with the start or the end of the text has the outer space, too.
    static List<Range> Stretches(string padded, int wordsEach)
    {
        var stretches = new List<Range>();
        var (before, space) = (-1, 0);
        for (var at = 1; at < padded.Length; at++)
        {
            if (padded[at] == ' ')
            {
                stretches.Add((wordsEach == 1 ? space + 1 : before + 1)..at);
                (before, space) = (space, at);
            }
        }

        if (wordsEach == 2)
        {
            stretches.Add((before + 1)..padded.Length);
        }

        return stretches;
    }

    // Terms that no example has are left out; they count in the length, so that unfamiliar talk is similar to nothing.
    List<(Term Term, float Weight)> Vector(string text)
    {
        var padded = $" {text} ";
        var vector = new List<(Term, float)>();
        AddTo(vector, padded, Stretches(padded, wordsEach: 1), 1 - PairsShare);
        AddTo(vector, padded, Stretches(padded, wordsEach: 2), PairsShare);
        return vector;
    }

    void AddTo(List<(Term Term, float Weight)> vector, string padded, List<Range> found, float share)
    {
        var first = vector.Count;
        var squares = 0f;
        for (var i = 0; i < found.Count; i++)
        {
            if (TimesFrom(i) is var times and > 0)
            {
                var term = terms.TryGetValue(padded.AsSpan(found[i]), out var known) ? known : null;
                var weight = (term?.Rarity ?? unknownRarity) * (1 + MathF.Log(times));
                squares += weight * weight;
                if (term is not null)
                {
                    vector.Add((term, weight));
                }
            }
        }

        var scale = MathF.Sqrt(share / squares);
        foreach (ref var term in CollectionsMarshal.AsSpan(vector)[first..])
        {
            term.Weight *= scale;
        }

        // How often a term is there from its first place on; 0 for a later place.
        int TimesFrom(int place)
        {
            ReadOnlySpan<char> term = padded.AsSpan(found[place]);
            var times = 0;
            for (var i = 0; i < found.Count; i++)
            {
                if (term.SequenceEqual(padded.AsSpan(found[i])))
                {
                    times++;
                    if (i < place)
                    {
                        return 0;
                    }
                }
            }

            return times;
        }
    }

    sealed record Term(float Rarity, List<(int Example, float Weight)> Examples);
}
