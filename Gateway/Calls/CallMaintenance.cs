using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Storage;

namespace Teleprompter.Gateway.Calls;

/// <summary>
/// Looks after the live calls: tells their owners twice a second that this gateway is alive, and four times a second finds the calls whose owner is gone,
/// whose last events were lost, or whose connection does not read.
/// </summary>
/// <param name="calls">The calls.</param>
/// <param name="workers">Their owners.</param>
/// <param name="bus">Carries the heartbeats.</param>
/// <param name="store">Tells when the store goes away and comes back.</param>
/// <param name="time">The clock.</param>
public sealed class CallMaintenance(LiveCalls calls, WorkerDirectory workers, IMessageBus bus, StoreWatch store, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan LookEvery = WorkerHeartbeat.Interval / 2;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        for (var look = 0; await timer.WaitForNextTickAsync(stoppingToken); look++)
        {
            if (look % 2 == 0)
            {
                SayAlive();
            }

            foreach (var (call, connection) in calls.All)
            {
                LookAfter(call, connection);
            }
        }
    }

    void SayAlive()
    {
        foreach (var owned in calls.All.Select(live => live.Call).Where(call => !call.Relay.Ended).GroupBy(call => call.Ownership.WorkerId, StringComparer.Ordinal))
        {
            _ = SayAlive(owned.Key, new GatewayHeartbeat([.. owned.Select(call => call.Beat)]));
        }
    }

    async Task SayAlive(string workerId, GatewayHeartbeat heartbeat)
    {
        if (await bus.Publish(BusChannels.Gateways(workerId), heartbeat) == 0)
        {
            workers.Lose(workerId);
        }
    }

    void LookAfter(LiveCall call, HubCallerContext connection)
    {
        call.Relay.SetStorage(store.IsAway);
        if (workers.BeatOf(call.Ownership.WorkerId, call.Record.CallId) is { } beat)
        {
            call.Relay.Compare(beat);
            call.HeldAt = call.Clock.Now;
        }

        switch (Maintenance.Decide(FactsOf(call)))
        {
            case MaintenanceStep.Close:
                GatewayTelemetry.Drop("readerStalled");
                connection.Abort();
                break;
            case MaintenanceStep.FallBehind:
                call.Relay.FallBehind();
                break;
            case MaintenanceStep.Move when call.Moving.IsCompleted:
                _ = Move(call);
                break;
            case MaintenanceStep.LookUp:
                call.HeldAt = call.Clock.Now;
                _ = Move(call, doubted: true);
                break;
            case MaintenanceStep.AskAgain:
                call.Relay.AskAgain();
                break;
        }
    }

    MaintenanceFacts FactsOf(LiveCall call) => new(
        call.Relay.Ended,
        call.Relay.Stalled,
        call.Relay.Behind,
        call.Relay.Waiting,
        call.Relay.AtBoundary,
        call.Doubted || workers.IsGone(call.Ownership.WorkerId),
        call.Clock.Now - call.HeldAt,
        workers.DrainingFor(call.Ownership.WorkerId));

    async Task Move(LiveCall call, bool doubted = false)
    {
        try
        {
            await calls.Move(call, doubted);
        }
        catch (Exception error) when (error is HubException or CallStoreUnavailableException or OperationCanceledException)
        {
            // Looked at again in a quarter of a second.
            GatewayTelemetry.Drop("notMoved");
        }
    }
}
