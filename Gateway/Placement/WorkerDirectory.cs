using System.Collections.Concurrent;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Placement;

/// <summary>
/// The workers that are alive, by their heartbeats. Silence of one worker among others means that it is gone. Silence of all of them means
/// that this gateway receives nothing, and it judges none of them until it has listened long enough again.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the workers to choose from; thread-safe.</param>
public sealed class WorkerDirectory(IMessageBus bus, TimeProvider time, Random random) : BackgroundService
{
    // An unknown worker counts as gone as well: this only bounds the lists.
    static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Sighting> workers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, long> lost = new(StringComparer.Ordinal);
    long listeningSince = time.GetTimestamp();
    long heardAt = time.GetTimestamp();

    /// <summary>How many workers are alive.</summary>
    public int Alive => workers.Values.Count(IsFresh);

    /// <summary>The buyers that a rehearsal can be started with: those that every live worker has.</summary>
    public IReadOnlyList<PersonaView> Personas
    {
        get
        {
            var alive = workers.Values.Where(IsFresh).Select(sighting => sighting.Heartbeat.Personas).ToList();
            return alive.Count == 0 ? [] : [.. alive[0].Where(persona => alive.TrueForAll(known => known.Contains(persona)))];
        }
    }

    /// <summary>
    /// Whether a worker has fallen silent while this gateway could have heard it, or did not receive what was sent to it.
    /// </summary>
    public bool IsGone(string workerId) =>
        lost.ContainsKey(workerId) || (CanJudge && !(workers.TryGetValue(workerId, out var sighting) && IsFresh(sighting)));

    /// <summary>Whether a worker hands its calls over, and another one is there to take them.</summary>
    public bool IsDraining(string workerId) => DrainingFor(workerId) is not null;

    /// <summary>How long a worker has been handing its calls over; null when it does not, or when no other is there to take them.</summary>
    public TimeSpan? DrainingFor(string workerId) =>
        workers.TryGetValue(workerId, out var sighting) && sighting.DrainingSince is { } since && Choose() is not null
            ? time.GetElapsedTime(since)
            : null;

    /// <summary>What a worker's last heartbeat said of a call; null when it did not name the call.</summary>
    public CallBeat? BeatOf(string workerId, string callId) =>
        workers.TryGetValue(workerId, out var sighting) ? sighting.Calls.GetValueOrDefault(callId) : null;

    /// <summary>Treats a worker as gone until its next heartbeat: it did not receive what was sent to it.</summary>
    public void MarkGone(string workerId)
    {
        lost[workerId] = time.GetTimestamp();
        workers.TryRemove(workerId, out _);
    }

    /// <summary>The less loaded of two live workers drawn at random, which spreads calls almost as well as comparing all of them.</summary>
    /// <returns>A worker; null when none is alive and takes calls.</returns>
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var heartbeats = await bus.Subscribe(BusChannels.Workers, stoppingToken);
        listeningSince = heardAt = time.GetTimestamp();
        await foreach (var heartbeat in heartbeats.WithCancellation(stoppingToken))
        {
            // A worker that can send and not receive would keep its calls, and answer none of them.
            if (!heartbeat.Silent)
            {
                Add(heartbeat);
            }
        }
    }

    void Add(WorkerHeartbeat heartbeat)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(heardAt, now) >= WorkerHeartbeat.Timeout)
        {
            listeningSince = now;
        }

        heardAt = now;

        // Before the heartbeat is visible: whoever sees it must not find its worker gone.
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

    bool CanJudge =>
        time.GetElapsedTime(listeningSince) >= WorkerHeartbeat.Timeout && time.GetElapsedTime(heardAt) < WorkerHeartbeat.Timeout;

    bool IsFresh(Sighting sighting) => time.GetElapsedTime(sighting.SeenAt) < WorkerHeartbeat.Timeout;

    sealed record Sighting(WorkerHeartbeat Heartbeat, IReadOnlyDictionary<string, CallBeat> Calls, long SeenAt, long? DrainingSince);
}
