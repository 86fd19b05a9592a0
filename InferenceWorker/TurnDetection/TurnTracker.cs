using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// Puts one speaker's final segments together into turns. Whoever sends text judges where a turn ends; a turn left open is closed here after
/// <see cref="OpenAtMost"/>, because a question nobody closes is a question nobody answers.
/// </summary>
public sealed class TurnTracker
{
    /// <summary>How long a turn may stay open after its last final segment: level 1's longest wait and a second of network.</summary>
    public static readonly TimeSpan OpenAtMost = TurnEnd.MaximumWait + TimeSpan.FromSeconds(1);

    readonly List<string> words = [];
    string? lastSegmentId;
    TimeSpan heardAt;

    /// <summary>When an open turn must be closed; null when none is open.</summary>
    public TimeSpan? Due => words.Count > 0 ? heardAt + OpenAtMost : null;

    /// <summary>Takes a final segment that was not heard before.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="spokenAt">When its last word was heard, on the call's clock: for a segment that came as text, when it arrived.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn it completes, or null.</returns>
    public SpokenTurn? Hear(TranscriptSegment segment, TimeSpan spokenAt, TimeSpan now)
    {
        words.Add(segment.Text);
        lastSegmentId = segment.SegmentId;
        heardAt = spokenAt;
        return segment.EndsTurn() ? Close(now) : null;
    }

    /// <summary>Learns that a segment heard before did end its turn.</summary>
    /// <param name="segmentId">The segment.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn, or null when that segment is not the open turn's last.</returns>
    public SpokenTurn? End(string segmentId, TimeSpan now) =>
        words.Count > 0 && segmentId == lastSegmentId ? Close(now) : null;

    /// <summary>Closes a turn that stayed open too long.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The turn, or null when none is due.</returns>
    public SpokenTurn? Elapse(TimeSpan now) => Due <= now ? Close(now) : null;

    /// <summary>Forgets an open turn.</summary>
    public void Clear() => words.Clear();

    SpokenTurn Close(TimeSpan now)
    {
        var turn = new SpokenTurn(lastSegmentId!, string.Join(' ', words), heardAt, now);
        words.Clear();
        return turn;
    }
}
