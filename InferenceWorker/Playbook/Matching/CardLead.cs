namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// How far the best card is ahead of the next one and of small talk: two cards that fit equally well are no reason to interrupt.
/// </summary>
static class CardLead
{
    const double SmallTalkShare = 0.5;

    // A passage alone may be cut from what it means.
    const float WholeShare = 0.4f;

    /// <summary>The best card of a passage, and its lead.</summary>
    /// <param name="scores">Of each card, small talk last.</param>
    /// <param name="whole">The same of the whole text that the passage is from.</param>
    public static (int Card, double Lead) Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> whole)
    {
        var best = -1;
        var (first, second) = (float.NegativeInfinity, float.NegativeInfinity);
        for (var card = 0; card < scores.Length - 1; card++)
        {
            var score = Mixed(scores[card], whole[card]);
            if (score > first)
            {
                (best, first, second) = (card, score, first);
            }
            else
            {
                second = MathF.Max(second, score);
            }
        }

        return (best, first - MathF.Max(second, 0) - (SmallTalkShare * MathF.Max(Mixed(scores[^1], whole[^1]), 0)));
    }

    static float Mixed(float passage, float whole) => passage + (WholeShare * (whole - passage));
}
