using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Decides whether a card may take another's place on the screen now.</summary>
static class Attention
{
    /// <summary>A card that could not be shown for this long belongs to a moment that has passed.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(10);

    static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    // Recognisers pause within a sentence, and interims stall; the side panel counts alike.
    static readonly TimeSpan speakingAfterInterim = TimeSpan.FromSeconds(2.5);
    static readonly TimeSpan speakingAfterFinal = TimeSpan.FromSeconds(0.7);

    /// <summary>Decides.</summary>
    /// <param name="customerSpokeAt">When the last word was heard that the card is for, on the call's clock.</param>
    /// <param name="rep">The rep's latest segment; null when there is none.</param>
    /// <param name="changes">When the last cards came, the oldest first, on the call's clock.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>Null to show it; else when to decide anew, unless the rep says more before.</returns>
    public static TimeSpan? HoldUntil(
        TimeSpan customerSpokeAt, HeardSegment? rep, IReadOnlyCollection<TimeSpan> changes, AttentionOptions options, TimeSpan now)
    {
        var sentenceEnds = rep is null || rep.Segment.EndsTurn() || rep.BeganAt <= customerSpokeAt
            ? now
            : rep.ArrivedAt + (rep.Segment.Final ? speakingAfterFinal : speakingAfterInterim);
        var oldest = changes.Count - options.CardsPerMinute;
        var changesAgain = oldest < 0 ? now : changes.ElementAt(oldest) + minute;
        var until = TurnTimes.Later(sentenceEnds, changesAgain);
        return until > now ? until : null;
    }
}
