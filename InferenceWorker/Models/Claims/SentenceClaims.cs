namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>
/// The claims of one sentence while it is written. To search it anew for each delta would cost more than the rest of an answer: only what
/// the new words may complete is looked for again.
/// </summary>
sealed class SentenceClaims
{
    // No claim reaches further behind the word that makes it one.
    const int LongestReach = 96;

    Claim[] promises = [], dates = [], figures = [];
    int searched;

    /// <summary>The claims so far.</summary>
    /// <param name="text">The sentence, which only grows.</param>
    public Claim[] In(string text)
    {
        var from = Math.Max(0, searched - LongestReach);
        var unread = text.AsSpan(from);
        promises = Promises.MayBeIn(unread) ? Grown(promises, from, start => Promises.In(text, start)) : promises;
        dates = Dates.MayBeIn(unread) ? Grown(dates, from, start => Dates.In(text, start)) : dates;
        figures = Figures.MayBeIn(unread) ? Grown(figures, from, start => Figures.ClaimedIn(text, start)) : figures;
        searched = text.Length;
        Claim[] other = [.. promises, .. dates];
        return [.. figures.Where(figure => !Array.Exists(other, claim => claim.Overlaps(figure))), .. other];
    }

    static Claim[] Grown(Claim[] before, int from, Func<int, IEnumerable<Claim>> search)
    {
        Claim[] kept = [.. before.Where(claim => claim.At < from)];
        return [.. kept, .. search(kept.Select(claim => claim.At + claim.Text.Length).Append(from).Max())];
    }
}
