using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>Sends a transcript to a live call at its pace.</summary>
/// <param name="cues">The segments and their times.</param>
/// <param name="speed">1 for speaking pace.</param>
/// <param name="time">The clock.</param>
sealed class ReplayPlayer(IReadOnlyList<TimedSegment> cues, double speed, TimeProvider time) : IPlayback
{
    /// <summary>At a higher speed only finals are sent: interims would exceed what a connection may send, 25 messages a second.</summary>
    const double InterimsUpTo = 4;

    readonly string? last = cues.LastOrDefault(cue => cue.Segment is { Speaker: Speaker.Customer, Final: true })?.Segment.SegmentId;

    public TimeSpan Length { get; } = TimeSpan.FromMilliseconds(cues.Count == 0 ? 0 : cues[^1].AtMs);

    public bool IsVoice => false;

    public bool CameBack(ReplayTally tally) => last is null || tally.Ended(last);

    public async Task Play(CallClient client, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        var startedMs = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (atMs, segment) in cues.Where(cue => speed <= InterimsUpTo || cue.Segment.Final))
        {
            var wait = TimeSpan.FromMilliseconds(atMs / speed) - time.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, stop);
            }

            // Times are those of the live call, at its pace.
            var endMs = (long)client.Elapsed.TotalMilliseconds;
            var startMs = startedMs.TryGetValue(segment.SegmentId, out var known)
                ? known
                : Math.Max(0, endMs - (long)((segment.EndMs - segment.StartMs) / speed));
            startedMs[segment.SegmentId] = startMs;
            client.Hear(segment with { StartMs = startMs, EndMs = endMs });
        }
    }
}
