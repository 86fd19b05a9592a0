using Microsoft.Extensions.Hosting;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Ownership;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// Tells watching gateways what this worker's turns and calls came to, four times a second at most, and nothing at all while nobody watches. Every call is told again every
/// few seconds, so that a lost message mends itself.
/// </summary>
/// <param name="services">What the worker has.</param>
public sealed class DashboardPublisher(CallServices services) : BackgroundService
{
    /// <summary>How often it looks for changes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    static readonly TimeSpan ToldAgainAfter = TimeSpan.FromSeconds(5);
    const int SlotsAtOnce = 60;
    const int CallsAtOnce = 200;

    readonly Lock sync = new();
    readonly Dictionary<CallObserver, (long Revision, long At)> told = [];
    long watchedAt;
    bool watched;
    bool everything;
    WorkerLoad? toldLoad;
    long toldAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var watches = await services.Bus.Subscribe(BusChannels.DashboardWatches, stoppingToken);
        await await Task.WhenAny(Listen(watches, stoppingToken), TellAll(stoppingToken));
    }

    async Task Listen(IBusSubscription<DashboardWatch> watches, CancellationToken cancellationToken)
    {
        await foreach (var watch in watches.WithCancellation(cancellationToken))
        {
            lock (sync)
            {
                (watched, watchedAt) = (true, services.Time.GetTimestamp());
                everything |= watch.Everything || watch.Whole.Contains(services.Ledger.WorkerId, StringComparer.Ordinal);
            }
        }
    }

    async Task TellAll(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, services.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var call in services.Ledger.Calls)
            {
                call.Settle();
            }

            if (Watched() is not { } whole)
            {
                told.Clear();
                continue;
            }

            foreach (var feed in Feeds(whole))
            {
                _ = services.Bus.Publish(BusChannels.WorkerDashboards, feed);
            }
        }
    }

    /// <summary>Whether everything is asked for; null when nobody watches.</summary>
    bool? Watched()
    {
        lock (sync)
        {
            watched = watched && services.Time.GetElapsedTime(watchedAt) < DashboardWatch.Lapse;
            var whole = everything;
            everything = false;
            return watched ? whole : null;
        }
    }

    IEnumerable<WorkerDashboard> Feeds(bool whole)
    {
        var now = services.Time.GetTimestamp();
        var (slots, oldest, revisions) = services.Ledger.Tell(whole);
        var calls = ChangedCalls(whole, now);
        var load = Load();
        if (slots.Count == 0 && calls.Count == 0 && load == toldLoad && services.Time.GetElapsedTime(toldAt, now) < WorkerHeartbeat.Interval)
        {
            yield break;
        }

        (toldLoad, toldAt) = (load, now);
        var parts = Math.Max(1, Math.Max((slots.Count + SlotsAtOnce - 1) / SlotsAtOnce, (calls.Count + CallsAtOnce - 1) / CallsAtOnce));
        for (var part = 0; part < parts; part++)
        {
            yield return new WorkerDashboard(
                services.Ledger.WorkerId,
                services.Time.GetUtcNow(),
                [.. slots.Skip(part * SlotsAtOnce).Take(SlotsAtOnce)],
                oldest,
                revisions,
                [.. calls.Skip(part * CallsAtOnce).Take(CallsAtOnce)],
                load);
        }
    }

    List<CallFacts> ChangedCalls(bool whole, long now)
    {
        var changed = new List<CallFacts>();
        var live = services.Ledger.Calls.ToHashSet();
        foreach (var call in live)
        {
            var revision = call.Revision;
            if (whole || !told.TryGetValue(call, out var last) || last.Revision != revision || services.Time.GetElapsedTime(last.At, now) >= ToldAgainAfter)
            {
                told[call] = (revision, now);
                changed.Add(call.Facts);
            }
        }

        foreach (var over in told.Keys.Where(call => !live.Contains(call)).ToList())
        {
            told.Remove(over);
        }

        return changed;
    }

    WorkerLoad Load()
    {
        var gate = services.Model.Gate.Load;
        return new WorkerLoad(services.Model.Model.State, gate.Slots, gate.Used, gate.Pending, gate.Held);
    }
}
