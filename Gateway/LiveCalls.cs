using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;

namespace Teleprompter.Gateway;

/// <summary>The calls whose sockets this gateway holds. Closes connections that stopped reading.</summary>
/// <param name="bus">Carries what clients say to the owners.</param>
/// <param name="placement">Finds a new owner when one is gone.</param>
/// <param name="workers">Who is alive.</param>
/// <param name="time">The clock.</param>
public sealed class LiveCalls(IMessageBus bus, CallPlacement placement, WorkerDirectory workers, TimeProvider time) : BackgroundService
{
    /// <summary>A connection that has not taken an event for so long is closed; its client comes back and gets a snapshot.</summary>
    public static readonly TimeSpan StalledAtMost = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, (LiveCall Call, HubCallerContext Connection)> calls = new(StringComparer.Ordinal);

    /// <summary>The call a connection holds.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <returns>The call.</returns>
    /// <exception cref="HubException">It holds none.</exception>
    public LiveCall Of(string connectionId) => calls.TryGetValue(connectionId, out var live)
        ? live.Call
        : throw new HubException("This connection has no call. Invoke StartCall first.");

    /// <summary>Whether a connection holds a call.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <returns>Whether it does.</returns>
    public bool Has(string connectionId) => calls.ContainsKey(connectionId);

    /// <summary>Gives a connection its call and tells the owner.</summary>
    /// <param name="call">The call.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>When the owner was told.</returns>
    public async Task Attach(LiveCall call, HubCallerContext connection)
    {
        calls[call.ConnectionId] = (call, connection);
        call.Relay.TellOwner = input => _ = Tell(call, input);
        await Tell(call, new ClientAttached(call.ConnectionId));
    }

    /// <summary>A connection is gone.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <returns>When the owner was told.</returns>
    public async Task Detach(string connectionId)
    {
        if (calls.TryRemove(connectionId, out var live))
        {
            await live.Call.Gone.CancelAsync();
            await Tell(live.Call, new ClientDetached(connectionId));
        }
    }

    /// <summary>Tells the owner what happened. An owner that nobody can reach any more is replaced.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">What happened.</param>
    /// <returns>When handed to the bus.</returns>
    public async Task Tell(LiveCall call, CallInput input)
    {
        if (await bus.Publish(BusChannels.Worker(call.Ownership.WorkerId), call.Address(input)) > 0 || call.Gone.IsCancellationRequested)
        {
            return;
        }

        workers.Forget(call.Ownership.WorkerId);
        call.Ownership = await placement.Place(call.Record.CallId, call.Ownership, call.Gone.Token);
        call.Relay.MoveTo(call.Ownership.Epoch);
        await bus.Publish(BusChannels.Worker(call.Ownership.WorkerId), call.Address(new ClientAttached(call.ConnectionId)));
        await bus.Publish(BusChannels.Worker(call.Ownership.WorkerId), call.Address(input));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sweep = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await sweep.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (call, connection) in calls.Values)
            {
                if (call.Relay.Stalled > StalledAtMost)
                {
                    GatewayTelemetry.Drop("readerStalled");
                    connection.Abort();
                }
            }
        }
    }
}
