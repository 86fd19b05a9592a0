using System.Numerics.Tensors;
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

    readonly Dictionary<string, Term> terms = new(StringComparer.Ordinal);
    readonly float unknownRarity;

    /// <summary>Indexes examples.</summary>
    /// <param name="examples">Spoken words joined by spaces, and their class.</param>
    public WordSimilarity(IReadOnlyList<(string Text, int Class)> examples, int classes)
    {
        var users = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var (text, itsClass) in examples)
        {
            foreach (var term in Words(text).Concat(Pairs(text)))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(users, term, out _) ??= []).Add(itsClass);
            }
        }

        unknownRarity = Rarity(0, classes);
        foreach (var (term, used) in users)
        {
            terms[term] = new Term(Rarity(used.Count, classes), []);
        }

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
            foreach (var (example, exampleWeight) in term.Examples)
            {
                similarities[example] += weight * exampleWeight;
            }
        }
    }

    static float Rarity(int users, int classes) => MathF.Log((1f + classes) / (1 + users)) + 1;

    static string[] Words(string text) => text.Split(' ');

    static IEnumerable<string> Pairs(string text)
    {
        var previous = "";
        foreach (var word in text.Split(' '))
        {
            yield return $"{previous} {word}";
            previous = word;
        }

        yield return $"{previous} ";
    }

    // Terms that no example has are left out; they count in the length, so that unfamiliar talk is similar to nothing.
    IEnumerable<(Term Term, float Weight)> Vector(string text) =>
        Vector(Words(text), 1 - PairsShare).Concat(Vector(Pairs(text), PairsShare));

    IEnumerable<(Term Term, float Weight)> Vector(IEnumerable<string> found, float share)
    {
        var counted = found.CountBy(term => term, StringComparer.Ordinal)
            .Select(term => (Term: terms.GetValueOrDefault(term.Key), Times: 1 + MathF.Log(term.Value))).ToList();
        float[] weights = [.. counted.Select(term => (term.Term?.Rarity ?? unknownRarity) * term.Times)];
        TensorPrimitives.Multiply(weights, MathF.Sqrt(share) / TensorPrimitives.Norm(weights), weights);
        return counted.Zip(weights).Where(pair => pair.First.Term is not null).Select(pair => (pair.First.Term!, pair.Second));
    }

    sealed record Term(float Rarity, List<(int Example, float Weight)> Examples);
}
