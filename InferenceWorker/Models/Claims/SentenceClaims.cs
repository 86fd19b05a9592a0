namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>
/// The claims of one sentence while it is written. To search it anew for each delta would cost more than the rest of an answer: only what
/// the new words may complete is looked for again.
/// </summary>
sealed class SentenceClaims
{
    // No claim is longer.
    const int Longest = 96;

    // No claim ends further behind the last of its cues.
    const int LongestAfterCue = 48;

    // A claim with so much text behind it is whole: no words to come make it longer.
    const int Settled = 32;

    Claim[] promises = [], dates = [], figures = [], all = [];
    int searched;

    /// <summary>The claims so far.</summary>
    /// <param name="text">The sentence, which only grows.</param>
    public Claim[] In(string text)
    {
        var from = Math.Max(0, searched - Longest);
        var unread = text.AsSpan(Math.Max(0, searched - LongestAfterCue));
        var (promise, date, figure) = (Promises.MayBeIn(unread), Dates.MayBeIn(unread), Figures.MayBeIn(unread));
        var settled = searched - Settled;
        searched = text.Length;
        if (promise || date || figure)
        {
            promises = promise ? Grown(promises, from, settled, start => Promises.In(text, start)) : promises;
            dates = date ? Grown(dates, from, settled, start => Dates.In(text, start)) : dates;
            figures = figure ? Grown(figures, from, settled, start => Figures.ClaimedIn(text, start)) : figures;
            Claim[] other = [.. promises, .. dates];
            all = [.. figures.Where(claim => !Array.Exists(other, claim.Overlaps)), .. other];
        }

        return all;
    }

    static Claim[] Grown(Claim[] before, int from, int settled, Func<int, IEnumerable<Claim>> search)
    {
        Claim[] kept = [.. before.Where(claim => claim.At < from || claim.End <= settled)];
        return [.. kept, .. search(kept.Length == 0 ? from : Math.Max(from, kept.Max(claim => claim.End)))];
    }
}
