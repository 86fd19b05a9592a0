using Microsoft.Extensions.Hosting;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// Publishes this worker's slots and calls to the gateways that watch, at most four times a second; nothing while none watches. Every call
/// is published again every few seconds, so that a lost message does not matter for long.
/// </summary>
/// <param name="ledger">The slots and the live calls.</param>
/// <param name="model">The model's state and the load of its slots.</param>
public sealed class DashboardPublisher(IMessageBus bus, WorkerLedger ledger, ModelServices model, TimeProvider time) : BackgroundService
{
    /// <summary>How often changes are published.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    const int SlotsAtOnce = 60;
    const int CallsAtOnce = 200;

    readonly Lock sync = new();
    readonly ChangedCalls changed = new(time);
    long watchedAt;
    bool watched;
    bool everything;
    WorkerLoad? lastLoad;
    long lastAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var watches = await bus.Subscribe(DashboardChannels.Watches, stoppingToken);
        await await Task.WhenAny(Watch(watches, stoppingToken), Publish(stoppingToken));
    }

    async Task Watch(IBusSubscription<DashboardWatch> watches, CancellationToken cancellationToken)
    {
        await foreach (var watch in watches.WithCancellation(cancellationToken))
        {
            lock (sync)
            {
                (watched, watchedAt) = (true, time.GetTimestamp());
                everything |= watch.Everything || watch.Whole.Contains(ledger.WorkerId, StringComparer.Ordinal);
            }
        }
    }

    async Task Publish(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var call in ledger.Calls)
            {
                call.Settle();
            }

            if (EverythingIsWanted() is not { } whole)
            {
                changed.Clear();
                continue;
            }

            foreach (var part in Parts(whole))
            {
                _ = bus.Publish(DashboardChannels.Workers, part);
            }
        }
    }

    /// <summary>Whether a gateway asked for everything since this was called last; null when none watches.</summary>
    bool? EverythingIsWanted()
    {
        lock (sync)
        {
            watched = watched && time.GetElapsedTime(watchedAt) < DashboardWatch.Lapse;
            var whole = everything;
            everything = false;
            return watched ? whole : null;
        }
    }

    IEnumerable<WorkerDashboard> Parts(bool whole)
    {
        var now = time.GetTimestamp();
        var (slots, oldest, revisions) = ledger.Slots(whole);
        var calls = changed.Of(ledger.Calls, whole);
        var gate = model.Gate.Load;
        var load = new WorkerLoad(model.Model.State, gate.Slots, gate.Used, gate.Pending, gate.Held);
        if (slots.Count == 0 && calls.Count == 0 && load == lastLoad && time.GetElapsedTime(lastAt, now) < WorkerHeartbeat.Interval)
        {
            yield break;
        }

        (lastLoad, lastAt) = (load, now);
        var parts = Math.Max(1, Math.Max((slots.Count + SlotsAtOnce - 1) / SlotsAtOnce, (calls.Count + CallsAtOnce - 1) / CallsAtOnce));
        for (var part = 0; part < parts; part++)
        {
            yield return new WorkerDashboard(
                ledger.WorkerId,
                time.GetUtcNow(),
                [.. slots.Skip(part * SlotsAtOnce).Take(SlotsAtOnce)],
                oldest,
                revisions,
                [.. calls.Skip(part * CallsAtOnce).Take(CallsAtOnce)],
                load);
        }
    }
}
