using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>
/// Where words that are still being written can be cut for speech. Pure, and independent of the pieces in which they come: a cut depends on
/// the words before it and on the one character or word behind it.
/// </summary>
static partial class ClauseSplitter
{
    /// <summary>The first clause leaves as soon as it can stand alone.</summary>
    const int FirstWords = 3;

    /// <summary>Later ones are longer, since they are asked for while others play, and a voice sounds better in one piece.</summary>
    const int LaterWords = 6;

    /// <summary>Words after which even a conjunction without a comma ends the first clause.</summary>
    const int LongFirstClause = 7;

    /// <summary>Finds the end of the next clause.</summary>
    /// <param name="text">All words so far.</param>
    /// <param name="from">Where the clause begins: 0, or where the one before ended.</param>
    /// <param name="ended">No more words come.</param>
    /// <returns>The end, behind its punctuation; -1 where the clause is not complete.</returns>
    public static int Next(string text, int from, bool ended)
    {
        foreach (Match space in Space().Matches(text[from..]))
        {
            var at = from + space.Index;
            var clause = text.AsSpan(from, at - from).Trim();
            if (clause.Length > 0 && EndsHere(clause, text.AsSpan(at + space.Length), first: from == 0))
            {
                return at;
            }
        }

        return ended && !string.IsNullOrWhiteSpace(text[from..]) ? text.Length : -1;
    }

    static bool EndsHere(ReadOnlySpan<char> clause, ReadOnlySpan<char> rest, bool first)
    {
        var words = clause.Count(' ') + 1;
        if (SentenceEnd().IsMatch(clause))
        {
            return !Abbreviation().IsMatch(clause) && !(Number().IsMatch(clause) && (rest.IsEmpty || char.IsDigit(rest[0])));
        }

        if (Pause().IsMatch(clause))
        {
            return words >= (first ? FirstWords : LaterWords);
        }

        return first && words >= LongFirstClause && Conjunction().IsMatch(rest);
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Space();

    // With the quotation mark or bracket that closes behind it.
    [GeneratedRegex(@"[.!?…]+[""”“»’')\]]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"([,;:]|\s[–—-]|[–—])[""”“»’')\]]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pause();

    [GeneratedRegex(
        @"(^|[\s(])(\p{L}|e\.g|i\.e|z\.B|d\.h|Dr|Mr|Mrs|Ms|Sr|Sra|Hr|Fr|ca|bzw|approx|vs|St)\.$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"(^|\s)(No|Nr)\.$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();

    // The space behind the word says that it is whole.
    [GeneratedRegex(@"^(and|but|because|so|which|if|when|while|or|unless|und|aber|weil|oder|wenn|denn)\s",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Conjunction();
}
