using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// Folds what workers and gateways tell into the one view of the fleet. A function of what was told and of the time, so that every gateway comes to the same.
/// Not thread-safe.
/// </summary>
/// <param name="targets">What is aimed at.</param>
public sealed class FleetFold(LeadTargets targets)
{
    /// <summary>How long a process that is gone is still shown.</summary>
    public static readonly TimeSpan ShownAfterwards = TimeSpan.FromMinutes(1);

    /// <summary>How long a call of a worker that is gone is still shown: by then another worker tells of it, or nobody will.</summary>
    public static readonly TimeSpan CallOutlivesWorkerBy = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a process is shown as gone. A worker has then fallen silent itself, before its calls are given to others.</summary>
    public static readonly TimeSpan OverdueAfter = TimeSpan.FromSeconds(1.2);

    // A call is told of before the heartbeat that has it.
    static readonly TimeSpan ListedWithin = WorkerHeartbeat.Interval + TimeSpan.FromMilliseconds(250);

    readonly DashboardSlots slots = new();
    readonly DashboardCalls calls = new();
    readonly Dictionary<string, (WorkerHeartbeat Heartbeat, HashSet<string> Calls, DateTimeOffset At)> workers = new(StringComparer.Ordinal);
    readonly Dictionary<string, (WorkerDashboard Last, WorkerClock Clock)> feeds = new(StringComparer.Ordinal);
    readonly Dictionary<string, (GatewayView View, DateTimeOffset At)> gateways = new(StringComparer.Ordinal);

    /// <summary>Takes a worker's heartbeat.</summary>
    /// <param name="heartbeat">It.</param>
    /// <param name="now">The time.</param>
    public void Hear(WorkerHeartbeat heartbeat, DateTimeOffset now) => workers[heartbeat.WorkerId] = (heartbeat, Listed(heartbeat), now);

    /// <summary>Takes what a worker tells, or what a gateway tells of one that is gone.</summary>
    /// <param name="told">It.</param>
    /// <param name="now">The time.</param>
    public void Hear(WorkerDashboard told, DateTimeOffset now)
    {
        var feed = told;
        if (told.Load is not null)
        {
            var clock = ClockOf(told.WorkerId).After(told.SentAt, now);
            if (clock.SlotsBehind != ClockOf(told.WorkerId).SlotsBehind)
            {
                slots.Forget(told.WorkerId);
            }

            feed = clock.Date(told);
            feeds[told.WorkerId] = (feed with { Slots = [], Calls = [] }, clock);
        }

        slots.Hear(feed.WorkerId, feed.Slots);
        calls.Hear(feed.Calls, now);
        if (feed.Gone is { } gone)
        {
            workers.TryAdd(feed.WorkerId, (gone.Heartbeat, Listed(gone.Heartbeat), gone.HeardAt));
        }
    }

    /// <summary>Takes a gateway's word.</summary>
    /// <param name="feed">It.</param>
    /// <param name="now">The time.</param>
    public void Hear(GatewayDashboard feed, DateTimeOffset now) => gateways[feed.Gateway.GatewayId] = (feed.Gateway, now);

    /// <summary>Forgets who is there: who has not been listened to has not fallen silent. What was counted stays.</summary>
    public void Deafen()
    {
        workers.Clear();
        feeds.Clear();
        gateways.Clear();
        calls.Clear();
    }

    /// <summary>Live workers of which something is missing.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Missing(DateTimeOffset now) =>
        [.. workers.Where(worker => !IsOverdue(worker.Value.At, now) && Misses(worker.Key, worker.Value.Calls)).Select(worker => worker.Key)];

    /// <summary>What is kept of workers that cannot tell it any more.</summary>
    /// <param name="now">The time.</param>
    /// <returns>It.</returns>
    public IReadOnlyList<WorkerDashboard> OfGone(DateTimeOffset now) =>
        [.. slots.Workers.Union(workers.Keys, StringComparer.Ordinal).Where(id => !workers.TryGetValue(id, out var worker) || IsOverdue(worker.At, now))
            .Select(id => new WorkerDashboard(id, now, slots.Of(id), Oldest: 0, Revisions: 0, Calls: [], Load: null, workers.TryGetValue(id, out var gone) ? new GoneWorker(gone.Heartbeat, gone.At) : null))];

    /// <summary>Who owns a live call.</summary>
    /// <param name="callId">The call.</param>
    /// <returns>The owner; null when nobody tells of such a call.</returns>
    public CallOwnership? OwnerOf(string callId) => calls.OwnerOf(callId);

    /// <summary>The view.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="whole">All there is; else only what changed since the last view that was not whole.</param>
    /// <param name="now">The time.</param>
    /// <returns>The view.</returns>
    public FleetView View(long number, bool whole, DateTimeOffset now)
    {
        slots.Prune(now);
        Prune(now);

        // Nobody shall look fast for not having answered yet.
        var tooLong = calls.WaitingMs(now).Where(age => age > targets.BudgetMs).ToList();
        var view = new FleetView(
            number,
            now.ToUnixTimeMilliseconds(),
            whole,
            targets,
            slots.Windows(now, tooLong, whole),
            slots.Series(whole),
            calls.Views(whole),
            whole ? [] : calls.Gone(),
            [.. workers.Select(worker => ViewOf(worker.Value.Heartbeat, worker.Value.At, now)).OrderBy(view => view.WorkerId, StringComparer.Ordinal)],
            [.. gateways.Values.Select(gateway => gateway.View with { HeardAtMs = gateway.At.ToUnixTimeMilliseconds(), Gone = IsOverdue(gateway.At, now) })
                .OrderBy(view => view.GatewayId, StringComparer.Ordinal)]);
        if (!whole)
        {
            calls.Told();
            slots.Told();
        }

        return view;
    }

    WorkerView ViewOf(WorkerHeartbeat heartbeat, DateTimeOffset at, DateTimeOffset now) => new(
        heartbeat.WorkerId,
        heartbeat.Version,
        at.ToUnixTimeMilliseconds(),
        IsOverdue(at, now),
        heartbeat.Draining,
        heartbeat.Calls.Count,
        heartbeat.PlaybookVersion,
        heartbeat.PlaybookErrors,
        (long)ClockOf(heartbeat.WorkerId).Behind.TotalMilliseconds,
        IsOverdue(at, now) || !feeds.TryGetValue(heartbeat.WorkerId, out var feed) ? null : feed.Last.Load);

    bool Misses(string workerId, HashSet<string> listed) =>
        !feeds.TryGetValue(workerId, out var feed) || slots.Misses(feed.Last) || listed.Any(callId => !calls.Knows(callId));

    WorkerClock ClockOf(string workerId) => feeds.TryGetValue(workerId, out var feed) ? feed.Clock : WorkerClock.Agreeing;

    void Prune(DateTimeOffset now)
    {
        Forget(workers, worker => now - worker.At > ShownAfterwards);
        Forget(gateways, gateway => now - gateway.At > ShownAfterwards);
        Forget(feeds, feed => !workers.ContainsKey(feed.Last.WorkerId));
        calls.Prune((facts, toldAt) => IsOver(facts, toldAt, now));
    }

    bool IsOver(CallFacts facts, DateTimeOffset toldAt, DateTimeOffset now)
    {
        if (!workers.TryGetValue(facts.View.WorkerId, out var owner))
        {
            return now - toldAt > CallOutlivesWorkerBy;
        }

        return IsOverdue(owner.At, now)
            ? now - owner.At > CallOutlivesWorkerBy
            : !owner.Calls.Contains(facts.View.CallId) && owner.At - toldAt > ListedWithin;
    }

    static HashSet<string> Listed(WorkerHeartbeat heartbeat) => heartbeat.Calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);

    static bool IsOverdue(DateTimeOffset heardAt, DateTimeOffset now) => now - heardAt >= OverdueAfter;

    static void Forget<T>(Dictionary<string, T> of, Func<T, bool> past) =>
        of.Where(entry => past(entry.Value)).Select(entry => entry.Key).ToList().ForEach(key => of.Remove(key));
}
