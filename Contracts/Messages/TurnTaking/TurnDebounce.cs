namespace Teleprompter.Contracts.TurnTaking;

/// <summary>
/// Level 1 for one call: shows interim text sparingly and decides when a speaker's final segments make a complete turn.
/// It has no clock: the caller passes milliseconds of one monotonic clock, and calls <see cref="Elapse"/> when <see cref="Due"/> comes.
/// </summary>
/// <remarks>
/// A final goes out at once. Where its pause (<see cref="TurnEnd"/>) has yet to pass, it goes out open and again, with <c>endOfTurn</c>,
/// when the speaker stayed silent, when the other one took the floor, or at the maximum wait. Not thread-safe. The TypeScript twin is
/// pinned by the same golden cases.
/// </remarks>
/// <param name="language">BCP 47 tag of the call; absent means English.</param>
public sealed class TurnDebounce(string? language = null)
{
    /// <summary>
    /// A speaker's interims go out at most this often, the latest wins: 100 ms, faster than reading and slower than recognisers revise.
    /// </summary>
    public static readonly TimeSpan InterimSpacing = TimeSpan.FromMilliseconds(100);

    /// <summary>BCP 47 tag of the call; null for English.</summary>
    public string? Language { get; set; } = language;

    readonly Voice rep = new();
    readonly Voice customer = new();

    /// <summary>
    /// When <see cref="Elapse"/> has something to do next, in milliseconds of the caller's clock; null while nothing waits.
    /// </summary>
    public long? Due
    {
        get
        {
            var due = Math.Min(rep.Due, customer.Due);
            return due == long.MaxValue ? null : due;
        }
    }

    /// <summary>Takes a segment from a recogniser, captions or the keyboard and gives what to send now, in order.</summary>
    /// <param name="segment">
    /// A segment whose <see cref="TranscriptSegment.EndOfTurn"/> is absent is judged here; a source that states it is respected.
    /// </param>
    /// <param name="at">Now, in milliseconds.</param>
    public IReadOnlyList<TranscriptSegment> Hear(TranscriptSegment segment, long at)
    {
        List<TranscriptSegment> send = [.. Elapse(at)];
        if (string.IsNullOrWhiteSpace(segment.Text))
            return send;

        var (own, other) = segment.Speaker == Speaker.Rep ? (rep, customer) : (customer, rep);
        if (segment.Final)
        {
            if (other.Waiting is { } left && segment.StartMs >= left.EndMs)
                send.Add(other.EndTurn());
            HearFinal(own, segment, at, send);
        }
        else
        {
            HearInterim(own, segment with { EndOfTurn = false }, at, send);
        }

        return send;
    }

    /// <summary>What has come due: turns whose pause or maximum wait has passed, and interims held back.</summary>
    /// <param name="at">Now, in milliseconds.</param>
    public IReadOnlyList<TranscriptSegment> Elapse(long at)
    {
        List<TranscriptSegment> send = [];
        foreach (var voice in (ReadOnlySpan<Voice>)[rep, customer])
        {
            if (voice.Waiting is not null && voice.EndsAt <= at)
                send.Add(voice.EndTurn());
            if (voice.Held is { } interim && voice.NextInterimAt <= at)
                send.Add(voice.Show(interim, at));
        }

        return send;
    }

    /// <summary>Ends every turn that waits: the call ends, or a line was typed.</summary>
    /// <param name="at">Now, in milliseconds.</param>
    public IReadOnlyList<TranscriptSegment> Flush(long at)
    {
        List<TranscriptSegment> send = [.. Elapse(at)];
        foreach (var voice in (ReadOnlySpan<Voice>)[rep, customer])
        {
            if (voice.Waiting is not null)
                send.Add(voice.EndTurn());
        }

        return send;
    }

    void HearFinal(Voice own, TranscriptSegment segment, long at, List<TranscriptSegment> send)
    {
        if (segment.SegmentId == own.LastFinalId && segment.EndOfTurn is not true)
            return;

        var pause = segment.EndOfTurn is { } ends ? (ends ? 0 : long.MaxValue) : Milliseconds(TurnEnd.PauseAfter(segment.Text, Language));
        if (own.Held?.SegmentId == segment.SegmentId)
            own.Held = null;
        own.LastFinalId = segment.SegmentId;
        send.Add(segment with { EndOfTurn = pause == 0 });

        if (pause is 0 or long.MaxValue)
        {
            own.Waiting = null;
            return;
        }

        own.LatestAt = own.Waiting is null ? at + Milliseconds(TurnEnd.MaximumWait) : own.LatestAt;
        own.Waiting = segment;
        own.EndsAt = Math.Min(at + pause, own.LatestAt);
    }

    static void HearInterim(Voice own, TranscriptSegment segment, long at, List<TranscriptSegment> send)
    {
        if (segment.SegmentId == own.LastFinalId || segment.SegmentId == own.Latest?.SegmentId && segment.Text == own.Latest.Text)
            return;

        // Its words are still being spoken, whatever they end with: an interim is a promise of more.
        own.EndsAt = Math.Min(at + Milliseconds(TurnEnd.AfterPromise), own.LatestAt);
        own.Latest = segment;
        if (own.NextInterimAt <= at)
            send.Add(own.Show(segment, at));
        else
            own.Held = segment;
    }

    static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    /// <summary>What one speaker has under way.</summary>
    sealed class Voice
    {
        public TranscriptSegment? Waiting { get; set; }

        public TranscriptSegment? Held { get; set; }

        public TranscriptSegment? Latest { get; set; }

        public string? LastFinalId { get; set; }

        public long EndsAt { get; set; }

        public long LatestAt { get; set; }

        public long NextInterimAt { get; private set; } = long.MinValue;

        public long Due => Math.Min(Waiting is null ? long.MaxValue : EndsAt, Held is null ? long.MaxValue : NextInterimAt);

        public TranscriptSegment EndTurn()
        {
            var ended = Waiting! with { EndOfTurn = true };
            Waiting = null;
            return ended;
        }

        public TranscriptSegment Show(TranscriptSegment interim, long at)
        {
            Held = null;
            NextInterimAt = at + Milliseconds(InterimSpacing);
            return interim;
        }
    }
}
