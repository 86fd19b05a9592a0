namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>The rep's own words, come back through the customer's channel from a loudspeaker, a little misheard.</summary>
static class Echo
{
    /// <summary>Fewer words than this are never an echo: people repeat short phrases for good reasons.</summary>
    public const int FewestWords = 4;

    /// <summary>
    /// Longer turns are never an echo, and of the rep only twice as many words are looked at: nobody says more in the ten seconds that
    /// count, and comparing thousands of words would hold up every other call.
    /// </summary>
    public const int MostWords = 60;

    /// <summary>More than this share of the words must be the rep's, in their order.</summary>
    public const double Share = 0.8;

    /// <summary>
    /// Looks for a stretch of the rep's words, a quarter longer than the turn at most, that holds nearly all of the turn's words in order.
    /// A question that the rep did not ask is the customer's own, whatever its words.
    /// </summary>
    /// <param name="rep">What the rep said lately.</param>
    public static bool Of(ReadOnlySpan<SpokenWord> turn, ReadOnlySpan<SpokenWord> rep)
    {
        if (turn.Length is < FewestWords or > MostWords)
        {
            return false;
        }

        rep = rep[Math.Max(0, rep.Length - 2 * MostWords)..];

        var longest = turn.Length + turn.Length / 4;
        var needed = (int)(Share * turn.Length) + 1;
        for (var start = 0; start + needed <= rep.Length; start++)
        {
            var stretch = rep.Slice(start, Math.Min(longest, rep.Length - start));
            if (InOrder(turn, stretch) >= needed && (!turn[^1].Asks || Asks(stretch)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many words both have in the same order: the longest common subsequence.</summary>
    static int InOrder(ReadOnlySpan<SpokenWord> turn, ReadOnlySpan<SpokenWord> stretch)
    {
        var row = new int[stretch.Length + 1];
        foreach (var word in turn)
        {
            var diagonal = 0;
            for (var column = 1; column <= stretch.Length; column++)
            {
                var above = row[column];
                row[column] = word.Text == stretch[column - 1].Text ? diagonal + 1 : Math.Max(above, row[column - 1]);
                diagonal = above;
            }
        }

        return row[^1];
    }

    static bool Asks(ReadOnlySpan<SpokenWord> words)
    {
        foreach (var word in words)
        {
            if (word.Asks)
            {
                return true;
            }
        }

        return false;
    }
}
