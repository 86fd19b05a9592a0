using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// Puts one speaker's segments together into turns. The sender judges where a turn ends; a turn left open is closed here after <see
/// cref="OpenAtMost"/>, because a question that is never closed is never answered.
/// </summary>
public sealed class TurnTracker
{
    /// <summary>How long a turn may stay open after its last final segment: level 1's longest wait and a second of network.</summary>
    public static readonly TimeSpan OpenAtMost = TurnEnd.MaximumWait + TimeSpan.FromSeconds(1);

    readonly List<string> words = [];
    string? lastSegmentId;
    TimeSpan heardAt;
    TimeSpan beganAt;
    (string SegmentId, string Text)? interim;

    /// <summary>When an open turn must be closed, on the call's clock; null when none is open.</summary>
    public TimeSpan? Due => words.Count > 0 ? heardAt + OpenAtMost : null;

    /// <summary>Words said since the other speaker last held the floor.</summary>
    public int WordsOfFloor { get; private set; }

    /// <summary>The turn so far, after an interim or a final that did not end it.</summary>
    /// <param name="segment">The newest segment.</param>
    /// <param name="now">The call's clock.</param>
    public PartialTurn Extend(TranscriptSegment segment, TimeSpan now)
    {
        var stable = segment.Final
            || (
                interim is { } before && before.SegmentId == segment.SegmentId && segment.Text.StartsWith(
                    before.Text, StringComparison.OrdinalIgnoreCase));
        interim = segment.Final ? null : (segment.SegmentId, segment.Text);
        var text = segment.Final ? string.Join(' ', words) : string.Join(' ', words.Append(segment.Text));
        return new PartialTurn(
            segment.SegmentId, text, segment.Text, segment.Final, stable,
            WordsOfFloor + (segment.Final ? 0 : SpokenWord.CountIn(segment.Text)), now)
        {
            BeganAt = words.Count > 0 ? beganAt : new HeardSegment(segment, now).BeganAt,
        };
    }

    /// <summary>The turn so far, where the speaker's voice has paused behind words that are not final yet.</summary>
    /// <param name="words">The words of the voice since the last final segment.</param>
    /// <param name="complete">They are all that was said.</param>
    /// <param name="now">The call's clock.</param>
    public PartialTurn Pause(TranscriptSegment words, bool complete, TimeSpan now) =>
        Extend(words with { Final = false }, now) with { Final = complete, Stable = true };

    /// <summary>Takes a final segment that was not heard before.</summary>
    /// <param name="spokenAt">When its last word was heard, on the call's clock: for a segment that came as text, when it arrived.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn it completes, or null.</returns>
    public SpokenTurn? Add(TranscriptSegment segment, TimeSpan spokenAt, TimeSpan now)
    {
        beganAt = words.Count > 0 ? beganAt : new HeardSegment(segment, spokenAt).BeganAt;
        words.Add(segment.Text);
        WordsOfFloor += SpokenWord.CountIn(segment.Text);
        lastSegmentId = segment.SegmentId;
        heardAt = spokenAt;
        return segment.EndsTurn() ? Close(now) : null;
    }

    /// <summary>Learns that a segment heard before did end its turn.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn, or null when that segment is not the open turn's last.</returns>
    public SpokenTurn? End(string segmentId, TimeSpan now) =>
        words.Count > 0 && segmentId == lastSegmentId ? Close(now) : null;

    /// <summary>Closes a turn that stayed open too long.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn, or null when none is due.</returns>
    public SpokenTurn? Elapse(TimeSpan now) => Due <= now ? Close(now) : null;

    /// <summary>The other speaker holds the floor.</summary>
    public void YieldFloor() => WordsOfFloor = 0;

    /// <summary>Forgets an open turn.</summary>
    public void Clear()
    {
        words.Clear();
        interim = null;
    }

    SpokenTurn Close(TimeSpan now)
    {
        var turn = new SpokenTurn(lastSegmentId!, string.Join(' ', words), heardAt, now) { BeganAt = beganAt };
        Clear();
        return turn;
    }
}
