namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>
/// The claims of one sentence while it is written. To search it anew for each delta would cost more than the rest of an answer: only what
/// the new words may complete is looked for again.
/// </summary>
sealed class SentenceClaims
{
    // No claim reaches further behind the word that makes it one.
    const int LongestReach = 48;

    Claim[] promises = [], dates = [], figures = [];
    int searched;

    /// <summary>The claims so far.</summary>
    /// <param name="text">The sentence, which only grows.</param>
    public Claim[] In(string text)
    {
        var unread = text.AsSpan(Math.Max(0, searched - LongestReach));
        promises = searched == 0 || Promises.MayBeIn(unread) ? [.. Promises.In(text)] : promises;
        dates = searched == 0 || Dates.MayBeIn(unread) ? [.. Dates.In(text)] : dates;
        figures = searched == 0 || Figures.MayBeIn(unread) ? [.. Figures.ClaimedIn(text)] : figures;
        searched = text.Length;
        Claim[] other = [.. promises, .. dates];
        return [.. figures.Where(figure => !Array.Exists(other, claim => claim.Overlaps(figure))), .. other];
    }
}
