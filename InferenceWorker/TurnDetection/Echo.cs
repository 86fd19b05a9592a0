using Teleprompter.InferenceWorker.Memory;

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
    /// An echo begins later than its origin by more than this, the least a meeting's network takes there and back. Within it the words are
    /// the customer's, come into the rep's microphone, whichever of the two is noticed first.
    /// </summary>
    public static readonly TimeSpan Tie = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Looks for a stretch of the rep's words, a quarter longer than the turn at most, that holds nearly all of the turn's words in order.
    /// A question that the rep did not ask is the customer's own, whatever its words.
    /// </summary>
    /// <param name="rep">What the rep said lately.</param>
    /// <param name="before">How many of the rep's words were spoken early enough to come back as the turn's first.</param>
    public static bool Of(ReadOnlySpan<SpokenWord> turn, ReadOnlySpan<SpokenWord> rep, int before = int.MaxValue)
    {
        if (turn.Length is < FewestWords or > MostWords)
        {
            return false;
        }

        var skipped = Math.Max(0, rep.Length - 2 * MostWords);
        rep = rep[skipped..];
        before -= skipped;

        var longest = turn.Length + turn.Length / 4;
        var needed = (int)(Share * turn.Length) + 1;
        var (most, from) = (0, 0);
        for (var start = 0; start + needed <= rep.Length; start++)
        {
            var stretch = rep.Slice(start, Math.Min(longest, rep.Length - start));
            var same = InOrder(turn, stretch);
            if (same >= Math.Max(most, needed) && (!turn[^1].Asks || Asks(stretch)))
            {
                // The last of equals begins with the turn's first word.
                (most, from) = (same, start);
            }
        }

        return most > 0 && from < before;
    }

    /// <summary>How many of the rep's words were spoken more than <see cref="Tie"/> before a moment.</summary>
    /// <param name="rep">What the rep said lately, oldest first; the words of a segment are taken to be spoken evenly.</param>
    public static int WordsBefore(IEnumerable<HeardSegment> rep, TimeSpan moment)
    {
        var before = 0;
        foreach (var heard in rep)
        {
            var words = SpokenWord.CountIn(heard.Segment.Text);
            for (var at = 0; at < words && heard.BeganAt + ((heard.EndedAt - heard.BeganAt) * at / words) + Tie < moment; at++)
            {
                before++;
            }
        }

        return before;
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
