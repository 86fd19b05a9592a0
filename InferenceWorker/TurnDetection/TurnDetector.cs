using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>Puts final segments together into turns, each channel on its own, and remembers the last turn of each.</summary>
public sealed class TurnDetector
{
    readonly TurnTracker[] trackers = [new(), new()];
    readonly SpokenTurn?[] last = new SpokenTurn?[2];

    /// <summary>When the oldest open turn must be closed; null when none is open.</summary>
    public TimeSpan? Due => (trackers[0].Due, trackers[1].Due) switch
    {
        ({ } rep, { } customer) => rep < customer ? rep : customer,
        var (rep, customer) => rep ?? customer,
    };

    /// <summary>Takes a final segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="novelty">Whether its words are new, or only that they end the turn.</param>
    /// <param name="spokenAt">When its last word was heard, on the call's clock.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn it completes, or null.</returns>
    public SpokenTurn? Hear(TranscriptSegment segment, SegmentNovelty novelty, TimeSpan spokenAt, TimeSpan now)
    {
        var tracker = trackers[(int)segment.Speaker];
        return Ended(
            segment.Speaker,
            novelty switch
            {
                SegmentNovelty.New => tracker.Hear(segment, spokenAt, now),
                SegmentNovelty.EndsTurnNow => tracker.End(segment.SegmentId, now),
                _ => null,
            });
    }

    /// <summary>Closes turns that stayed open too long.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turns closed.</returns>
    public IEnumerable<(Speaker Channel, SpokenTurn Turn)> Elapse(TimeSpan now)
    {
        foreach (var channel in (Speaker[])[Speaker.Rep, Speaker.Customer])
        {
            if (Ended(channel, trackers[(int)channel].Elapse(now)) is { } turn)
            {
                yield return (channel, turn);
            }
        }
    }

    /// <summary>The last complete turn on a channel.</summary>
    /// <param name="channel">The channel, as the client named it.</param>
    /// <returns>The turn, or null when there was none.</returns>
    public SpokenTurn? LastOn(Speaker channel) => last[(int)channel];

    /// <summary>Forgets open turns.</summary>
    public void Clear() => Array.ForEach(trackers, tracker => tracker.Clear());

    SpokenTurn? Ended(Speaker channel, SpokenTurn? turn) => turn is null ? null : last[(int)channel] = turn;
}
