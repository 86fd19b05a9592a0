using System.Collections.Concurrent;
using Teleprompter.Bus;

namespace Teleprompter.Gateway.Placement;

/// <summary>
/// The workers that are alive: their heartbeats, folded. Silence of one worker among others means that it is gone; silence of all of them means that
/// this gateway is deaf, and says nothing about any of them until it has listened long enough again.
/// </summary>
/// <param name="bus">Brings the heartbeats.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the workers to choose from; thread-safe.</param>
public sealed class WorkerDirectory(IMessageBus bus, TimeProvider time, Random random) : BackgroundService
{
    // A worker unheard of is gone as well, so this only keeps the lists short.
    static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Sighting> workers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, long> lost = new(StringComparer.Ordinal);
    long listeningSince = time.GetTimestamp();
    long heardAt = time.GetTimestamp();

    /// <summary>Workers heard of lately.</summary>
    public int Alive => workers.Values.Count(IsFresh);

    /// <summary>Whether a worker has fallen silent while this gateway could have heard it, or nobody received what was sent to it.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>Whether it is gone.</returns>
    public bool IsGone(string workerId) =>
        lost.ContainsKey(workerId) || (CanJudge && !(workers.TryGetValue(workerId, out var sighting) && IsFresh(sighting)));

    /// <summary>Whether a worker hands its calls over.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>Whether it does.</returns>
    public bool IsDraining(string workerId) => DrainingFor(workerId) is not null;

    /// <summary>How long a worker has been handing its calls over.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>How long; null when it does not, or when nobody is there to take them.</returns>
    public TimeSpan? DrainingFor(string workerId) =>
        workers.TryGetValue(workerId, out var sighting) && sighting.DrainingSince is { } since && Choose() is not null ? time.GetElapsedTime(since) : null;

    /// <summary>What a worker last said of a call.</summary>
    /// <param name="workerId">The worker.</param>
    /// <param name="callId">The call.</param>
    /// <returns>It; null when it did not mention the call.</returns>
    public CallBeat? BeatOf(string workerId, string callId) =>
        workers.TryGetValue(workerId, out var sighting) ? sighting.Calls.GetValueOrDefault(callId) : null;

    /// <summary>Takes a worker for gone until its next heartbeat: nobody received what was sent to it.</summary>
    /// <param name="workerId">The worker.</param>
    public void Lose(string workerId)
    {
        lost[workerId] = time.GetTimestamp();
        workers.TryRemove(workerId, out _);
    }

    /// <summary>The less loaded of two live workers drawn at random, which spreads calls almost as well as asking all of them.</summary>
    /// <returns>A worker, or null when none is alive and takes calls.</returns>
    public string? Choose()
    {
        var alive = workers.Values.Where(sighting => IsFresh(sighting) && !sighting.Heartbeat.Draining).ToArray();
        if (alive.Length == 0)
        {
            return null;
        }

#pragma warning disable CA5394 // Spreads load; guards nothing.
        random.Shuffle(alive);
#pragma warning restore CA5394
        return alive.Take(2).MinBy(sighting => sighting.Calls.Count)!.Heartbeat.WorkerId;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var heartbeats = await bus.Subscribe(BusChannels.Workers, stoppingToken);
        listeningSince = heardAt = time.GetTimestamp();
        await foreach (var heartbeat in heartbeats.WithCancellation(stoppingToken))
        {
            Hear(heartbeat);
        }
    }

    void Hear(WorkerHeartbeat heartbeat)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(heardAt, now) >= WorkerHeartbeat.Timeout)
        {
            listeningSince = now;
        }

        heardAt = now;

        // Before it counts as heard: whoever sees this heartbeat must not find it lost still.
        lost.TryRemove(heartbeat.WorkerId, out _);
        var drainingSince = heartbeat.Draining ? workers.GetValueOrDefault(heartbeat.WorkerId)?.DrainingSince ?? now : (long?)null;
        workers[heartbeat.WorkerId] = new Sighting(
            heartbeat, heartbeat.Calls.ToDictionary(beat => beat.CallId, StringComparer.Ordinal), now, drainingSince);
        Forget(workers, sighting => sighting.SeenAt, now);
        Forget(lost, since => since, now);
    }

    void Forget<T>(ConcurrentDictionary<string, T> of, Func<T, long> at, long now)
    {
        foreach (var entry in of)
        {
            if (time.GetElapsedTime(at(entry.Value), now) > ForgottenAfter)
            {
                of.TryRemove(entry);
            }
        }
    }

    bool CanJudge => time.GetElapsedTime(listeningSince) >= WorkerHeartbeat.Timeout && time.GetElapsedTime(heardAt) < WorkerHeartbeat.Timeout;

    bool IsFresh(Sighting sighting) => time.GetElapsedTime(sighting.SeenAt) < WorkerHeartbeat.Timeout;

    sealed record Sighting(WorkerHeartbeat Heartbeat, IReadOnlyDictionary<string, CallBeat> Calls, long SeenAt, long? DrainingSince);
}
