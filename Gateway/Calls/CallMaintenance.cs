using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Storage;

namespace Teleprompter.Gateway.Calls;

/// <summary>
/// Maintains the live calls: tells their owners twice a second that this gateway is alive, and four times a second finds the calls whose
/// owner is gone, whose last events were lost, or whose connection does not read.
/// </summary>
public sealed class CallMaintenance(LiveCalls calls, CallRouter router, WorkerDirectory workers, StoreWatch store, TimeProvider time)
    : BackgroundService
{
    static readonly TimeSpan CheckInterval = WorkerHeartbeat.Interval / 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckInterval, time);
        for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            if (tick % 2 == 0)
            {
                SendHeartbeats();
            }

            foreach (var call in calls.All)
            {
                Check(call);
            }
        }
    }

    void SendHeartbeats()
    {
        var reading = calls.All.Where(call => call.Relay is { Ended: false, Behind: false });
        foreach (var owned in reading.GroupBy(call => call.Ownership.WorkerId, StringComparer.Ordinal))
        {
            _ = router.SendHeartbeat(owned.Key, new GatewayHeartbeat([.. owned.Select(call => call.Beat)]));
        }
    }

    void Check(LiveCall call)
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
                call.Connection.Abort();
                break;
            case MaintenanceStep.FallBehind:
                call.Relay.FallBehind();
                break;
            case MaintenanceStep.Move when !call.IsMoving:
                _ = Move(call);
                break;
            case MaintenanceStep.Recheck:
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
        call.Relay.Outbox.Stalled,
        call.Relay.Behind,
        call.Relay.Waiting,
        call.Relay.Shown.AtBoundary,
        call.OwnershipDoubted || workers.IsGone(call.Ownership.WorkerId),
        call.Clock.Now - call.HeldAt,
        workers.DrainingFor(call.Ownership.WorkerId));

    async Task Move(LiveCall call, bool doubted = false)
    {
        try
        {
            await router.Move(call, doubted);
        }
        catch (Exception error) when (error is HubException or CallStoreUnavailableException or OperationCanceledException)
        {
            // The next check tries again.
            GatewayTelemetry.Drop("notMoved");
        }
    }
}
