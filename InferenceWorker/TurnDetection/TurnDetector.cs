using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>Puts segments together into turns, each channel on its own, and remembers the last turn of each.</summary>
public sealed class TurnDetector
{
    // A sign of listening does not take the floor.
    const int WordsThatTakeTheFloor = 3;

    readonly TurnTracker[] trackers = [new(), new()];
    readonly SpokenTurn?[] last = new SpokenTurn?[2];

    /// <summary>When the oldest open turn must be closed; null when none is open.</summary>
    public TimeSpan? Due => (trackers[0].Due, trackers[1].Due) switch
    {
        ({ } rep, { } customer) => rep < customer ? rep : customer,
        var (rep, customer) => rep ?? customer,
    };

    /// <summary>Takes a final segment.</summary>
    /// <param name="novelty">Whether its words are new, or only that they end the turn.</param>
    /// <param name="spokenAt">When its last word was heard, on the call's clock.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn it completes, or null.</returns>
    public SpokenTurn? Add(TranscriptSegment segment, SegmentNovelty novelty, TimeSpan spokenAt, TimeSpan now)
    {
        var (own, other) = segment.Speaker == Speaker.Rep ? (trackers[0], trackers[1]) : (trackers[1], trackers[0]);
        if (SpokenWord.CountIn(segment.Text) >= WordsThatTakeTheFloor)
        {
            other.YieldFloor();
        }

        return Ended(
            segment.Speaker,
            novelty switch
            {
                SegmentNovelty.New => own.Add(segment, spokenAt, now),
                SegmentNovelty.EndsTurnNow => own.End(segment.SegmentId, now),
                _ => null,
            });
    }

    /// <summary>The turn so far, after a segment that did not end it.</summary>
    /// <param name="now">The call's clock.</param>
    public PartialTurn Extend(TranscriptSegment segment, TimeSpan now) => trackers[(int)segment.Speaker].Extend(segment, now);

    /// <summary>The turn so far, where the speaker's voice has paused behind words that are not final yet.</summary>
    /// <param name="words">The words of the voice since the last final segment.</param>
    /// <param name="complete">They are all that was said.</param>
    /// <param name="now">The call's clock.</param>
    public PartialTurn Pause(TranscriptSegment words, bool complete, TimeSpan now) =>
        trackers[(int)words.Speaker].Pause(words, complete, now);

    /// <summary>Words said on a channel since the other speaker last held the floor.</summary>
    /// <param name="channel">The channel, as the client named it.</param>
    public int WordsOfFloor(Speaker channel) => trackers[(int)channel].WordsOfFloor;

    /// <summary>Closes turns that stayed open too long.</summary>
    /// <param name="now">The call's clock.</param>
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
