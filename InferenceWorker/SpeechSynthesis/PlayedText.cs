namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>How far a turn was heard, by how long its sound was played. Pure.</summary>
static class PlayedText
{
    /// <summary>How many characters a voice says in a second, where the length of a clause is not known yet.</summary>
    const double CharactersPerSecond = 15;

    /// <summary>Sound that is too short to be understood as the word it belongs to.</summary>
    static readonly TimeSpan tooShort = TimeSpan.FromMilliseconds(120);

    /// <param name="clauses">What was sent, in its order.</param>
    /// <param name="played">How long sound of the turn was played.</param>
    /// <returns>How many characters of the text were heard, to the end of a word that was begun.</returns>
    public static int Length(string text, IEnumerable<SpokenClause> clauses, TimeSpan played)
    {
        var heard = 0;
        foreach (var clause in clauses)
        {
            if (clause.Whole && played >= clause.Sent)
            {
                (heard, played) = (clause.End, played - clause.Sent);
                continue;
            }

            if (played >= tooShort)
            {
                var length = clause.End - clause.Start;
                var share = clause.Whole ? played / clause.Sent : played.TotalSeconds * CharactersPerSecond / length;
                heard = EndOfWord(text, clause.Start + (int)(length * Math.Min(share, 1)), clause);
            }

            break;
        }

        return heard;
    }

    static int EndOfWord(string text, int at, SpokenClause clause)
    {
        while (at < clause.End && (at <= clause.Start || !char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        return at;
    }
}
