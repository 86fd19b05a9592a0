using System.Collections.Immutable;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// The dashboards that watch one call. Each is told for <see cref="DashboardWatch.Lapse"/> after it asked last. Thread-safe.
/// </summary>
/// <param name="bus">Carries what they are told.</param>
public sealed class CallWatchers(IMessageBus bus, TimeProvider time)
{
    // Few calls are watched: the others hold next to nothing.
    ImmutableDictionary<string, long> askedAt = ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Adds a watcher, or keeps it for longer.</summary>
    /// <param name="records">The revision of the call's records.</param>
    /// <param name="sightings">Makes what it is told now; used only if it asks for a snapshot or lacks records.</param>
    public void Add(WatchAsked asked, long records, Func<CallSightings> sightings)
    {
        var now = time.GetTimestamp();
        ImmutableInterlocked.AddOrUpdate(ref askedAt, asked.WatchId, now, (_, _) => now);
        if (asked.Snapshot || asked.Records != records)
        {
            Tell(asked.WatchId, sightings());
        }
    }

    /// <summary>Tells every watcher.</summary>
    public void Tell(CallSightings sightings)
    {
        foreach (var (watchId, at) in askedAt)
        {
            if (time.GetElapsedTime(at) > DashboardWatch.Lapse)
            {
                ImmutableInterlocked.TryRemove(ref askedAt, watchId, out _);
            }
            else
            {
                Tell(watchId, sightings);
            }
        }
    }

    void Tell(string watchId, CallSightings sightings) => _ = bus.Publish(DashboardChannels.CallWatch(watchId), sightings);
}
