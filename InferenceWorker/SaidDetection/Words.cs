using System.Buffers;
using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Turns speech into stemmed words: lower case, contractions spelled out, hesitations left out.</summary>
static class Words
{
    static readonly FrozenSet<string> Hesitations = FrozenSet.ToFrozenSet(
        ["uh", "uhm", "um", "umm", "er", "erm", "ah", "hm", "hmm", "mm", "mmm", "mhm", "eh", "huh"], StringComparer.Ordinal);

    static readonly string[] Endings =
        ["ation", "ition", "ingly", "edly", "ment", "ance", "ence", "able", "ible", "ness", "ing", "ion", "ant", "ity", "ed", "ly"];

    static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    static readonly FrozenDictionary<string, string[]> Contractions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["can't"] = ["can", "not"],
        ["cannot"] = ["can", "not"],
        ["won't"] = ["will", "not"],
        ["ain't"] = ["is", "not"],
        ["dont"] = ["do", "not"],
        ["doesnt"] = ["does", "not"],
        ["didnt"] = ["did", "not"],
        ["cant"] = ["can", "not"],
        ["isnt"] = ["is", "not"],
        ["im"] = ["i", "am"],
        ["ive"] = ["i", "have"],
        ["gonna"] = ["going", "to"],
        ["wanna"] = ["want", "to"],
        ["gotta"] = ["got", "to"],
        ["gimme"] = ["give", "me"],
        ["lemme"] = ["let", "me"],
        ["let's"] = ["let", "us"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words of a text, stemmed, in order.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || IsInnerApostrophe(text, at)))
            {
                at++;
            }

            Add(words, text[start..at].ToLowerInvariant().Replace('\u2019', '\''));
        }

        return words;
    }

    static bool IsInnerApostrophe(string text, int at) =>
        text[at] is '\'' or '\u2019' && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    static void Add(List<string> words, string word)
    {
        if (Hesitations.Contains(word))
        {
            return;
        }

        if (Contractions.TryGetValue(word, out var spelled))
        {
            foreach (var part in spelled)
            {
                words.Add(Stem(part));
            }

            return;
        }

        if (word.EndsWith("n't", StringComparison.Ordinal))
        {
            words.Add(Stem(word[..^3]));
            words.Add("not");
            return;
        }

        var apostrophe = word.IndexOf('\'', StringComparison.Ordinal);
        words.Add(Stem(apostrophe > 0 ? word[..apostrophe] : word));
        if (apostrophe > 0 && Ending(word[(apostrophe + 1)..]) is { } ending)
        {
            words.Add(ending);
        }
    }

    static string? Ending(string contraction) => contraction switch
    {
        "re" => "are",
        "ve" => "have",
        "ll" => "will",
        "d" => "would",
        "m" => "am",
        _ => null, // "'s" is more often a possessive or "is" than anything that tells two topics apart
    };

    /// <summary>A light stemmer: it takes off what English adds to a word, and leaves short words alone.</summary>
    internal static string Stem(string word)
    {
        if (word.Length <= 3)
        {
            return word;
        }

        var stem = Plural(word);
        foreach (var ending in Endings)
        {
            if (stem.EndsWith(ending, StringComparison.Ordinal)
                && stem.Length - ending.Length >= 3 && stem.AsSpan(..^ending.Length).ContainsAny(Vowels))
            {
                stem = Undouble(stem[..^ending.Length]);
                break;
            }
        }

        stem = stem.Length > 3 && stem[^1] is 'e' ? stem[..^1] : stem.Length > 3 && stem[^1] is 'y' ? stem[..^1] + "i" : stem;
        return stem.Length > 5 && stem.EndsWith("at", StringComparison.Ordinal) ? stem[..^2] : stem;
    }

    static string Plural(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 ? word[..^3] + "y"
        : Array.Exists(["sses", "xes", "ches"], ending => word.EndsWith(ending, StringComparison.Ordinal)) ? word[..^2]
        : word[^1] is 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1]
        : word;

    static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e') ? stem[..^1] : stem;
}
