using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// Folds what workers and gateways tell into one view of the fleet: a function of messages and times, so that every gateway arrives at the
/// same view. Not thread-safe.
/// </summary>
public sealed class FleetFold
{
    /// <summary>How long a process that is gone is still shown.</summary>
    public static readonly TimeSpan ShownAfterwards = TimeSpan.FromMinutes(1);

    /// <summary>How long a call of a worker that is gone is still shown: by then another worker has told of it, or none will.</summary>
    public static readonly TimeSpan CallOutlivesWorkerBy = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a process is shown as gone; by then a worker has stopped by itself, and its calls move.</summary>
    public static readonly TimeSpan OverdueAfter = TimeSpan.FromSeconds(1.2);

    // Workers tell of a call before the heartbeat that lists it.
    static readonly TimeSpan ListedWithin = WorkerHeartbeat.Interval + TimeSpan.FromMilliseconds(250);

    readonly LeadTargets targets;
    readonly DashboardSlots slots = new();
    readonly DashboardWindows windows;
    readonly DashboardCalls calls = new();
    readonly Dictionary<string, KnownWorker> workers = new(StringComparer.Ordinal);
    readonly Dictionary<string, (WorkerDashboard Last, WorkerClock Clock)> feeds = new(StringComparer.Ordinal);
    readonly Dictionary<string, (GatewayView View, DateTimeOffset At)> gateways = new(StringComparer.Ordinal);

    public FleetFold(LeadTargets targets)
    {
        this.targets = targets;
        windows = new DashboardWindows(slots);
    }

    public void Add(WorkerHeartbeat heartbeat, DateTimeOffset now)
    {
        if (!heartbeat.Silent)
        {
            workers[heartbeat.WorkerId] = KnownWorker.From(heartbeat, now);
        }
    }

    public void Add(WorkerDashboard message, DateTimeOffset now)
    {
        var feed = message;
        if (message.Load is not null)
        {
            var clock = ClockOf(message.WorkerId).After(message.SentAt, now);
            if (clock.SlotsBehind != ClockOf(message.WorkerId).SlotsBehind)
            {
                slots.Remove(message.WorkerId);
            }

            feed = clock.Adjust(message);
            feeds[message.WorkerId] = (feed with { Slots = [], Calls = [] }, clock);
        }

        slots.Add(feed.WorkerId, feed.Slots);
        calls.Add(feed.Calls, now);
        if (feed.Gone is { } gone)
        {
            workers.TryAdd(feed.WorkerId, KnownWorker.From(gone.Heartbeat, gone.HeardAt));
        }
    }

    public void Add(GatewayDashboard feed, DateTimeOffset now) => gateways[feed.Gateway.GatewayId] = (feed.Gateway, now);

    /// <summary>Forgets which processes there are: one that was not listened to has not fallen silent. What was counted stays.</summary>
    public void Reset()
    {
        workers.Clear();
        feeds.Clear();
        gateways.Clear();
        calls.Clear();
    }

    /// <summary>The live workers of which something is missing.</summary>
    public IReadOnlyList<string> Missing(DateTimeOffset now) =>
        [.. workers.Where(known => !IsOverdue(known.Value.At, now) && Misses(known.Key, known.Value.Calls)).Select(known => known.Key)];

    /// <summary>What is known of workers that cannot tell it any more.</summary>
    public IReadOnlyList<WorkerDashboard> OfGone(DateTimeOffset now) =>
    [
        .. from id in slots.Workers.Union(workers.Keys, StringComparer.Ordinal)
           let worker = workers.GetValueOrDefault(id)
           where worker is null || IsOverdue(worker.At, now)
           let gone = worker is null ? null : new GoneWorker(worker.Heartbeat, worker.At)
           select new WorkerDashboard(id, now, slots.Of(id), Oldest: 0, Revisions: 0, Calls: [], Load: null, gone),
    ];

    /// <summary>A live call; null when nobody tells of it.</summary>
    public CallFacts? Find(string callId) => calls.Find(callId);

    /// <summary>The view.</summary>
    /// <param name="whole">All there is; else only what changed since the last view that was not whole.</param>
    public FleetView View(long number, bool whole, DateTimeOffset now)
    {
        slots.Prune(now);
        Prune(now);

        // A turn that still waits counts at its age: nobody looks fast for not having answered yet.
        var tooLong = calls.WaitingMs(now).Where(age => age > targets.BudgetMs).ToList();
        var view = new FleetView(
            number,
            now.ToUnixTimeMilliseconds(),
            whole,
            targets,
            windows.At(now, tooLong, whole),
            slots.Series(whole),
            calls.Views(whole),
            whole ? [] : calls.Gone(),
            [.. workers.Values.Select(worker => ViewOf(worker, now)).OrderBy(view => view.WorkerId, StringComparer.Ordinal)],
            [.. gateways.Values.Select(it => ViewOf(it.View, it.At, now)).OrderBy(it => it.GatewayId, StringComparer.Ordinal)]);
        if (!whole)
        {
            calls.MarkSent();
            slots.MarkSent();
            windows.MarkSent();
        }

        return view;
    }

    static GatewayView ViewOf(GatewayView view, DateTimeOffset at, DateTimeOffset now) =>
        view with { HeardAtMs = at.ToUnixTimeMilliseconds(), Gone = IsOverdue(at, now) };

    WorkerView ViewOf(KnownWorker worker, DateTimeOffset now) => new(
        worker.Heartbeat.WorkerId,
        worker.Heartbeat.Version,
        worker.At.ToUnixTimeMilliseconds(),
        IsOverdue(worker.At, now),
        worker.Heartbeat.Draining,
        worker.Heartbeat.Calls.Count,
        worker.Heartbeat.PlaybookVersion,
        worker.Heartbeat.PlaybookErrors,
        (long)ClockOf(worker.Heartbeat.WorkerId).Behind.TotalMilliseconds,
        IsOverdue(worker.At, now) ? null : feeds.GetValueOrDefault(worker.Heartbeat.WorkerId).Last?.Load);

    bool Misses(string workerId, HashSet<string> listed) =>
        !feeds.TryGetValue(workerId, out var feed) || slots.Misses(feed.Last) || listed.Any(callId => !calls.Contains(callId));

    WorkerClock ClockOf(string workerId) => feeds.TryGetValue(workerId, out var feed) ? feed.Clock : WorkerClock.Agreeing;

    void Prune(DateTimeOffset now)
    {
        RemoveWhere(workers, worker => now - worker.At > ShownAfterwards);
        RemoveWhere(gateways, gateway => now - gateway.At > ShownAfterwards);
        RemoveWhere(feeds, feed => !workers.ContainsKey(feed.Last.WorkerId));
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

    static bool IsOverdue(DateTimeOffset heardAt, DateTimeOffset now) => now - heardAt >= OverdueAfter;

    static void RemoveWhere<T>(Dictionary<string, T> of, Func<T, bool> past) =>
        of.Where(entry => past(entry.Value)).Select(entry => entry.Key).ToList().ForEach(key => of.Remove(key));

    sealed record KnownWorker(WorkerHeartbeat Heartbeat, HashSet<string> Calls, DateTimeOffset At)
    {
        public static KnownWorker From(WorkerHeartbeat heartbeat, DateTimeOffset at) =>
            new(heartbeat, heartbeat.Calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal), at);
    }
}
