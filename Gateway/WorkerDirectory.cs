using System.Collections.Concurrent;
using Teleprompter.Bus;

namespace Teleprompter.Gateway;

/// <summary>The workers that are alive: their heartbeats, folded.</summary>
/// <param name="bus">Brings the heartbeats.</param>
/// <param name="time">The clock.</param>
public sealed class WorkerDirectory(IMessageBus bus, TimeProvider time) : BackgroundService
{
    readonly ConcurrentDictionary<string, Sighting> workers = new(StringComparer.Ordinal);
    TaskCompletionSource changed = NewSignal();

    /// <summary>Whether a worker was heard of lately.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>Whether it was.</returns>
    public bool IsAlive(string workerId) => workers.TryGetValue(workerId, out var sighting) && IsFresh(sighting);

    /// <summary>Takes a worker for gone until its next heartbeat.</summary>
    /// <param name="workerId">The worker.</param>
    public void Forget(string workerId) => workers.TryRemove(workerId, out _);

    /// <summary>The less loaded of two live workers drawn at random, which spreads calls almost as well as asking all of them.</summary>
    /// <returns>A worker, or null when none is alive.</returns>
    public string? Choose()
    {
        var alive = workers.Values.Where(sighting => IsFresh(sighting) && !sighting.Heartbeat.Draining).ToArray();
        if (alive.Length == 0)
        {
            return null;
        }

#pragma warning disable CA5394 // Spreads load; guards nothing.
        Random.Shared.Shuffle(alive);
#pragma warning restore CA5394
        return alive.Take(2).MinBy(sighting => sighting.Heartbeat.Calls)!.Heartbeat.WorkerId;
    }

    /// <summary>Waits for the next heartbeat of any worker.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether one came.</returns>
    public async Task<bool> WaitForHeartbeat(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Volatile.Read(ref changed).Task.WaitAsync(timeout, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var heartbeats = await bus.Subscribe(BusChannels.Workers, stoppingToken);
        await foreach (var heartbeat in heartbeats.WithCancellation(stoppingToken))
        {
            workers[heartbeat.WorkerId] = new Sighting(heartbeat, time.GetTimestamp());
            Interlocked.Exchange(ref changed, NewSignal()).SetResult();
        }
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    bool IsFresh(Sighting sighting) => time.GetElapsedTime(sighting.SeenAt) < WorkerHeartbeat.Timeout;

    sealed record Sighting(WorkerHeartbeat Heartbeat, long SeenAt);
}
