using System.Diagnostics;
using System.Reflection;
using Teleprompter.Bus;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Gateways and workers in processes of their own, a real Redis, and the scripted model; every link can be harmed.</summary>
sealed class Fleet : IAsyncDisposable
{
    /// <summary>Long enough that a fault finds a call in the middle of its suggestion: 0.3 s to the first of 40 words, then 4 s.</summary>
    public static readonly ModelScript Slow = new() { Numbered = true, TokenPace = TimeSpan.FromMilliseconds(100) };

    /// <summary>How long anything is waited for that must come, however slow the machine is.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long after the end of its call a suggestion may still be written.</summary>
    static readonly TimeSpan ClosedWithin = TimeSpan.FromSeconds(3);

    readonly List<FaultClient> clients = [];
    bool redisKilled;
    RedisPeer? reader;

    Fleet(RedisServer redis, ScriptedModelServer model, int gateways, int workers, IReadOnlyDictionary<string, string> more)
    {
        (Redis, Model) = (redis, model);
        var settings = new Dictionary<string, string>(more, StringComparer.Ordinal)
        {
            ["Model__Endpoint"] = model.Endpoint.ToString(),
            ["Model__Name"] = "scripted",
            ["Model__ApiKey"] = "none",
            ["Admission__Slots"] = "64",
            ["Drain__Spread"] = "00:00:02",
            ["Drain__Notice"] = "00:00:01",
        };
        Gateways = [.. Enumerable.Range(0, gateways).Select(_ => new FleetProcess(PathOf("Gateway"), redis.Port, settings))];
        Workers =
        [
            .. Enumerable.Range(0, workers).Select(number => new FleetProcess(
                PathOf("Worker"), redis.Port,
                settings.ToDictionary(
                    setting => setting.Key, setting => setting.Value.Replace("{worker}", $"{number}", StringComparison.Ordinal),
                    StringComparer.Ordinal))),
        ];
    }

    public RedisServer Redis { get; }

    public ScriptedModelServer Model { get; }

    public IReadOnlyList<FleetProcess> Gateways { get; }

    public IReadOnlyList<FleetProcess> Workers { get; }

    /// <summary>The clients of the test under way.</summary>
    public IReadOnlyList<FaultClient> Clients => clients;

    /// <param name="more">Settings of all processes besides the usual ones; <c>{worker}</c> stands for a worker's number.</param>
    public static async Task<Fleet> Start(int gateways, int workers, IReadOnlyDictionary<string, string>? more = null)
    {
        var fleet = new Fleet(
            await RedisServer.Start(), await ScriptedModelServer.StartAsync(Slow), gateways, workers,
            more ?? new Dictionary<string, string>(StringComparer.Ordinal));
        OtherLoad.Watch();
        try
        {
            fleet.Everyone.ToList().ForEach(process => process.Launch());
            await fleet.Mend();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds clients, spread over the gateways.</summary>
    public async Task<IReadOnlyList<FaultClient>> Connect(int count)
    {
        Uri[] doors = [.. Gateways.Select(gateway => gateway.DoorAddress)];
        var added = await Task.WhenAll(Enumerable.Range(0, count).Select(i => FaultClient.Start(doors, i % doors.Length)));
        clients.AddRange(added);
        return added;
    }

    /// <summary>Adds a client with a way of its own.</summary>
    public async Task<FaultClient> ConnectTo(IReadOnlyList<Uri> addresses, ClientStart? start = null)
    {
        var client = await FaultClient.Start(addresses, start: start);
        lock (clients)
        {
            clients.Add(client);
        }

        return client;
    }

    /// <summary>SIGKILL of Redis: what it kept is gone.</summary>
    public async Task KillRedis()
    {
        redisKilled = true;
        await Redis.Kill();
    }

    /// <summary>Starts Redis again, empty.</summary>
    public async Task StartRedis()
    {
        await Redis.Start();
        redisKilled = false;
    }

    /// <summary>Who owns a client's call, as the store has it.</summary>
    public async Task<FleetProcess?> OwnerOf(FaultClient client)
    {
        var owner = (await Stored(client))?.Ownership?.WorkerId;
        return Workers.FirstOrDefault(worker => worker is { Running: true, WorkerId: { } id } && id == owner);
    }

    /// <summary>A worker and the clients whose calls it owns; one with the most of them.</summary>
    public async Task<(FleetProcess Worker, IReadOnlyList<FaultClient> Its)> Busiest()
    {
        var owned = await Task.WhenAll(clients.Select(async client => (Owner: await OwnerOf(client), Client: client)));
        var busiest = owned.GroupBy(one => one.Owner).Where(group => group.Key is not null).MaxBy(group => group.Count())!;
        return (busiest.Key!, [.. busiest.Select(one => one.Client)]);
    }

    /// <summary>The call as the store has it.</summary>
    public async Task<StoredCall?> Stored(FaultClient client)
    {
        var store = (await Reader()).Store;
        StoredCall? stored = null;
        await Poll.Until(
            async () =>
            {
                try
                {
                    stored = await store.Read(client.Ticket!.CallId);
                    return true;
                }
                catch (CallStoreUnavailableException)
                {
                    return false;
                }
            },
            Patience,
            "the test itself reaches Redis");
        return stored;
    }

    /// <summary>Every client asks until it is answered: each call is owned, and answers.</summary>
    /// <returns>How long it took the slowest, from now.</returns>
    public async Task<TimeSpan> EveryCallAnswers(TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(client => client.Answered(within)));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>
    /// Asserts what must hold after every fault, then ends every call and asserts that nothing is left open at the model.
    /// </summary>
    public async Task AssertNothingBroke(bool storeMayForget = false, bool frozen = false, bool untold = false)
    {
        await Task.WhenAll(clients.Select(client => client.Hush()));
        await Poll.Until(
            () => clients.TrueForAll(client => client.Said.All(final => final is not { AcknowledgedMs: null, Refusal: null })),
            Patience,
            "everything said is acknowledged or refused");
        var broken = clients.SelectMany(client => Checker.Violations(client.Name, client.Sightings, storeMayForget)).ToList();
        broken.AddRange(clients.SelectMany(client => client.Said.Where(final => final.Refusal is not null)
            .Select(final => $"{client.Name}: {final.Segment.SegmentId} was refused: {final.Refusal}")));
        foreach (var client in clients)
        {
            var kept = (await Stored(client))?.Entries.OfType<SegmentHeard>().Select(heard => heard.Segment.SegmentId)
                .ToHashSet(StringComparer.Ordinal);
            var lost = client.Said.Where(final => kept?.Contains(final.Segment.SegmentId) != true).ToList();
            broken.AddRange(
                storeMayForget ? [] : lost.Select(final => $"{client.Name}: {final.Segment.SegmentId} was acknowledged and is not kept"));
        }

        broken.AddRange(UpstreamStreams.Violations(Model.Requests.All, clients, frozen, untold));
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        var ended = ScriptedModelServer.NowMs;

        // Summaries of the ended calls are being written meanwhile.
        await Poll.Until(
            () => !Model.Requests.All.Any(request => request is { Structured: false, EndedMs: null }),
            Patience,
            "no suggestion is being written at the model after the calls ended");
        var late = frozen ? double.PositiveInfinity : ended + OtherLoad.Lengthen(ClosedWithin.TotalMilliseconds, ended);
        broken.AddRange(Model.Requests.All.Where(request => !request.Structured && request.EndedMs > late).Select(
            request => $"{request} was still written long after the calls ended"));
        broken.AddRange(CustomerWordsInLogs());
        foreach (
            var client in clients.Where(
                client => broken.Exists(
                    one => one.StartsWith($"{client.Name} ", StringComparison.Ordinal) || one.StartsWith(
                        $"{client.Name}:", StringComparison.Ordinal))).Take(3))
        {
            await TestContext.Out.WriteLineAsync(client.Tail(count: 200));
        }

        await End();
        Assert.That(broken, Is.Empty);
    }

    /// <summary>Whatever the test did, and whether or not it succeeded: all running, unharmed, and nobody connected.</summary>
    public async Task Mend()
    {
        Model.Script = Slow;
        if (redisKilled)
        {
            await StartRedis();
        }

        Redis.Continue();
        await Task.WhenAll(Everyone.Select(process => process.Mend()));
        await End();
        await Poll.Until(EveryWorkerIsHeard, Patience, "every worker is heard of, and speaks");
    }

    /// <summary>The last that each process wrote, for a failure's message.</summary>
    public async Task TellLogs()
    {
        foreach (var process in Everyone)
        {
            await TestContext.Out.WriteLineAsync($"{process.Address}: {string.Join(Environment.NewLine, process.Log.TakeLast(40))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        foreach (var process in Everyone)
        {
            await process.DisposeAsync();
        }

        if (reader is not null)
        {
            await reader.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await Model.DisposeAsync();
    }

    IEnumerable<FleetProcess> Everyone => [.. Gateways, .. Workers];

    async Task End()
    {
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        clients.Clear();
    }

    /// <summary>
    /// Every gateway and worker says that it is healthy, and Redis carried two heartbeats of each worker, so that everyone who listens had
    /// time to hear them.
    /// </summary>
    async Task<bool> EveryWorkerIsHeard()
    {
        foreach (var process in Everyone)
        {
            if (!await process.IsHealthy())
            {
                return false;
            }
        }

        await using var heartbeats = await (await Reader()).Bus.Subscribe(BusChannels.Workers);
        var missing = Workers.Select(worker => worker.WorkerId).SelectMany(id => (string?[])[id, id]).ToList();
        if (missing.Contains(null))
        {
            return false;
        }

        using var patience = new CancellationTokenSource(WorkerHeartbeat.Interval * 3);
        try
        {
            await foreach (var heartbeat in heartbeats.WithCancellation(patience.Token))
            {
                if (!heartbeat.Silent && missing.Remove(heartbeat.WorkerId) && missing.Count == 0)
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Looked at again.
        }

        return false;
    }

    async Task<RedisPeer> Reader() => reader ??= await RedisPeer.Start(Redis);

    /// <summary>Words that only customers say here; a log that has them broke its promise.</summary>
    IEnumerable<string> CustomerWordsInLogs() =>
        Everyone.SelectMany(process => process.Log).Where(
            line => line.Contains("number #", StringComparison.Ordinal) || line.Contains("earn the price back", StringComparison.Ordinal))
            .Select(line => $"in a log: {line}");

    /// <summary>Where the Gateway or the Worker lies as it is built.</summary>
    public static string PathOf(string what) =>
        typeof(Fleet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == what).Value!;
}
