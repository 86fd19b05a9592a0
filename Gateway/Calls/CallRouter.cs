using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Calls;

/// <summary>Sends what happens to a call to the worker that owns it, and moves the call when that worker is gone.</summary>
public sealed class CallRouter(IMessageBus bus, CallPlacement placement, WorkerDirectory workers)
{
    /// <summary>Sends an input to the owner. An owner that does not receive it is replaced, and the new one receives it.</summary>
    /// <returns>Whether the bus accepted it; what is lost while the bus is away is found by its sequence number.</returns>
    /// <exception cref="HubException">The owner is gone, and no other worker is alive.</exception>
    public async Task<bool> Send(LiveCall call, CallInput input)
    {
        var owner = call.Ownership.WorkerId;
        var received = await Publish(call, input);
        if (received == 0 && !call.Gone.IsCancellationRequested)
        {
            workers.MarkGone(owner);
            await Move(call);
            received = await Publish(call, input);
        }

        return received is not null;
    }

    /// <summary>
    /// Passes on an acknowledgement: to the owner what the client measured of a suggestion, to team leads that their lines are shown.
    /// </summary>
    public void Acknowledge(LiveCall call, Progress progress)
    {
        foreach (var nudgeId in call.Relay.Shown.Acknowledge(progress.Number))
        {
            _ = bus.Publish(DashboardChannels.Line(nudgeId), new LineShown(nudgeId));
        }

        if (progress.SuggestionId is { } suggestionId)
        {
            var busMs = call.Relay.Spans.BusOf(suggestionId);
            _ = Publish(call, new AnswerSeen(suggestionId, busMs, progress.NetworkMs, progress.RenderMs));
        }
    }

    /// <summary>Moves a call to another worker, if its owner is gone or draining.</summary>
    /// <param name="doubted">The store has refused a write under the ownership that this gateway believes in.</param>
    /// <returns>When the new owner was told; at once when the owner stays.</returns>
    /// <exception cref="HubException">No worker is alive.</exception>
    public Task Move(LiveCall call, bool doubted = false) => call.ReplaceOwner(() => Replace(call, doubted));

    /// <summary>Tells a worker that this gateway is alive and holds connections of its calls.</summary>
    public async Task SendHeartbeat(string workerId, GatewayHeartbeat heartbeat)
    {
        if (await bus.Publish(BusChannels.Gateways(workerId), heartbeat) == 0)
        {
            workers.MarkGone(workerId);
        }
    }

    async Task Replace(LiveCall call, bool doubted)
    {
        // Not on the caller's stack: it may hold the lock of the audio, and it holds that of the replacement.
        await Task.Yield();
        var before = call.Ownership;
        doubted |= call.OwnershipDoubted;
        call.OwnershipDoubted = true;
        var after = await placement.Place(call.Record.CallId, before, doubted, call.Gone);
        call.OwnershipDoubted = false;
        if (after is null)
        {
            // The store and the owner are gone together. The client reconnects, its call is unknown, and it starts a new one.
            GatewayTelemetry.Drop("callLost");
            call.Connection.Abort();
        }
        else if (after.Epoch > before.Epoch)
        {
            GatewayTelemetry.Move(workers.IsDraining(before.WorkerId) ? "drain" : "lost");
            await HandOver(call, before, after);
        }
    }

    async Task HandOver(LiveCall call, CallOwnership before, CallOwnership after)
    {
        call.Audio.Hold();
        call.Ownership = after;
        call.Relay.MoveTo(after.Epoch);
        var moved = new ToWorker(call.Record.CallId, before.Epoch, call.Connection.ConnectionId, Seq: 0, new CallMoved());
        _ = bus.Publish(BusChannels.Worker(before.WorkerId), moved);
        await Publish(call, call.Relay.Connection);
        foreach (var setting in call.ChangedSettings)
        {
            // The store may not have it yet.
            await Publish(call, setting);
            await Publish(call, new KeepLater(setting));
        }

        call.Audio.Resend(call.Clock.Now, heard => _ = Publish(call, heard));
    }

    async Task<long?> Publish(LiveCall call, CallInput input)
    {
        var traced = input is SegmentHeard or SuggestNowAsked or AudioHeard { Frame.EndOfSpeech: true };
        using var span = traced ? Tracing.Send(bus, BusChannels.WorkerKind) : null;
        return await bus.Publish(BusChannels.Worker(call.Ownership.WorkerId), call.Address(input, traced ? Tracing.Here : null));
    }
}
