using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.Tests.Unit.TurnTaking;

/// <summary>Plays a source into a <see cref="TurnDebounce"/> with timers that come exactly when they are due.</summary>
sealed class VirtualTime(TurnDebounce debounce)
{
    readonly List<TimedSegment> sent = [];

    /// <summary>All that was sent, with its moment.</summary>
    public IReadOnlyList<TimedSegment> Sent => sent;

    public static IReadOnlyList<TimedSegment> Play(IEnumerable<TimedSegment> source)
    {
        var time = new VirtualTime(new());
        foreach (var (at, segment) in source)
        {
            time.ElapseUntil(at);
            time.Do(at, debounce => debounce.Hear(segment, at));
        }

        time.ElapseUntil(long.MaxValue);
        return time.Sent;
    }

    public void Do(long at, Func<TurnDebounce, IReadOnlyList<TranscriptSegment>> action) =>
        sent.AddRange(action(debounce).Select(segment => new TimedSegment(at, segment)));

    public void ElapseUntil(long until)
    {
        while (debounce.Due is { } due && due <= until)
        {
            Do(due, level => level.Elapse(due));
        }
    }
}
