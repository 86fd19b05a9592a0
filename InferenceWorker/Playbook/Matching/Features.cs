using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// What texts are compared by: words, meanings, pairs of meanings that follow each other, and three to five characters inside a word
/// (what is left when the stemmer or the transcriber misses). Each kind is weighed on its own, so that long words do not drown short ones.
/// </summary>
static class Features
{
    const int Word = 0;
    const int Meaning = 1;
    const int Pair = 2;
    const int Characters = 3;

    /// <summary>
    /// The share of each kind in the similarity of two texts, chosen on banking77 and the development half of the sales lines.
    /// </summary>
    public static ReadOnlySpan<float> Shares => [0.3f, 0.9f, 0.5f, 0.7f];

    // What a word that only holds the sentence together counts, against 1 for any other.
    const float Faint = 0.6f;

    static readonly FrozenSet<string> FunctionWords = Words.Of(
        """
        a an the this that these those i you he she it we they me him her us them my your his its our their mine yours ours
        am is are was were be been being do does did have has had will would can could shall should may might must not
        and or but so if than then as of at by for with about to from in on out up into over just really actually very also too here there
        well yeah yes no oh like kind sort thing stuff way lot bit some any all get got go let guys ok okay please thank one
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a stemmed word only holds the sentence together.</summary>
    public static bool IsFunctionWord(string word) => FunctionWords.Contains(word);

    /// <summary>One empty list for each kind.</summary>
    public static List<Feature>[] Lists() => [[], [], [], []];

    /// <summary>Replaces the content of <paramref name="found"/> by the features of some stemmed words.</summary>
    public static void Extract(IReadOnlyList<string> words, List<Feature>[] found)
    {
        foreach (var list in found)
        {
            list.Clear();
        }

        var previous = new Feature(Hash("<", Pair), Faint);
        foreach (var word in words)
        {
            var weight = FunctionWords.Contains(word) ? Faint : 1;
            var meaning = Synonyms.Of(word);
            var next = new Feature(Hash(meaning, Pair), weight);
            found[Word].Add(new Feature(Hash(word, Word), weight));
            found[Meaning].Add(new Feature(Hash(meaning, Meaning), weight));
            found[Pair].Add(Follow(previous, next));
            previous = next;
            AddCharacters(word, weight, found[Characters]);
        }

        if (words.Count > 0)
        {
            found[Pair].Add(Follow(previous, new Feature(Hash(">", Pair), Faint)));
        }
    }

    static Feature Follow(Feature first, Feature second) =>
        new(((first.Hash * 1099511628211UL) ^ second.Hash) * 0x9E3779B97F4A7C15UL, MathF.Max(first.Weight, second.Weight));

    static void AddCharacters(string word, float weight, List<Feature> found)
    {
        Span<char> padded = stackalloc char[Math.Min(word.Length, 30) + 2];
        padded.Fill(' ');
        word.AsSpan(0, padded.Length - 2).CopyTo(padded[1..]);
        for (var length = 3; length <= 5; length++)
        {
            for (var start = 0; start + length <= padded.Length; start++)
            {
                found.Add(new Feature(Hash(padded.Slice(start, length), Characters), weight));
            }
        }
    }

    // FNV-1a, 64 bits: collisions are unthinkable at tens of thousands of features.
    static ulong Hash(ReadOnlySpan<char> text, int kind)
    {
        var hash = 14695981039346656037UL ^ ((ulong)kind + 1);
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash;
    }
}
