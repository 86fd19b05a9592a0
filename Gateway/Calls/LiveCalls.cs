using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Calls;

/// <summary>The calls whose sockets this gateway holds, and the way to their owners.</summary>
/// <param name="bus">Carries what clients say to the owners.</param>
/// <param name="placement">Finds a new owner when one is gone.</param>
/// <param name="workers">Who is alive.</param>
public sealed class LiveCalls(IMessageBus bus, CallPlacement placement, WorkerDirectory workers)
{
    readonly ConcurrentDictionary<string, (LiveCall Call, HubCallerContext Connection)> calls = new(StringComparer.Ordinal);

    /// <summary>Every call, with its connection.</summary>
    public IEnumerable<(LiveCall Call, HubCallerContext Connection)> All => calls.Select(entry => entry.Value);

    /// <summary>How many there are.</summary>
    public int Count => calls.Count;

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
        call.Relay.TellOwner = input => _ = Tell(call, input is ClientAttached ? call.Attached : input);
        await Tell(call, call.Attached);

        // Kept by the connection before this one, and perhaps never heard by the owner: a gap behind a connection that is gone shows nowhere.
        foreach (var input in call.InForce)
        {
            await Tell(call, input);
        }
    }

    /// <summary>A connection is gone.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <returns>When the owner was told.</returns>
    public async Task Detach(string connectionId)
    {
        if (calls.TryRemove(connectionId, out var live))
        {
            live.Call.Leave();
            await Tell(live.Call, new ClientDetached(connectionId));
        }
    }

    /// <summary>Tells the owner what happened. An owner that nobody can reach any more is replaced, and the new one told.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">What happened.</param>
    /// <returns>Whether the bus took it; while it is away, what is lost here is found again by its sequence number.</returns>
    /// <exception cref="HubException">The owner is gone, and no other worker is alive.</exception>
    public async Task<bool> Tell(LiveCall call, CallInput input)
    {
        var owner = call.Ownership.WorkerId;
        var received = await Publish(call, input);
        if (received == 0 && !call.Gone.IsCancellationRequested)
        {
            workers.Lose(owner);
            await Move(call);
            received = await Publish(call, input);
        }

        return received is not null;
    }

    /// <summary>Passes on how far a client has come: to the owner what it measured of a suggestion, to team leads that it has their lines.</summary>
    /// <param name="call">The call.</param>
    /// <param name="progress">How far.</param>
    public void Note(LiveCall call, Progress progress)
    {
        foreach (var nudgeId in call.Relay.Acknowledge(progress.Number))
        {
            _ = bus.Publish(BusChannels.Line(nudgeId), new LineShown(nudgeId));
        }

        if (progress.SuggestionId is { } suggestionId)
        {
            _ = Publish(call, new AnswerSeen(suggestionId, call.Spans.BusOf(suggestionId), progress.NetworkMs, progress.RenderMs));
        }
    }

    /// <summary>Gives a call to another worker, if its owner is gone or wants to be rid of it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="doubted">The store has refused a write under the ownership that this gateway believes in.</param>
    /// <returns>When the new owner was told; at once when the owner stays.</returns>
    /// <exception cref="HubException">No worker is alive.</exception>
    public Task Move(LiveCall call, bool doubted = false) => call.Move(() => Replace(call, doubted));

    async Task Replace(LiveCall call, bool doubted)
    {
        // Not on the stack of whoever found the owner gone: it may hold the lock of the voices, and holds that of the search.
        await Task.Yield();
        var before = call.Ownership;
        doubted |= call.Doubted;
        call.Doubted = true;
        var after = await placement.Place(call.Record.CallId, before, doubted, call.Gone.Token);
        call.Doubted = false;
        if (after is null)
        {
            // The store and the owner went together. The client comes back, is told that its call is unknown, and starts anew.
            GatewayTelemetry.Drop("callLost");
            calls.GetValueOrDefault(call.ConnectionId).Connection?.Abort();
        }
        else if (after.Epoch > before.Epoch)
        {
            GatewayTelemetry.Move(workers.IsDraining(before.WorkerId) ? "drain" : "lost");
            call.Voices.Hold();
            call.Ownership = after;
            call.Relay.MoveTo(after.Epoch);
            _ = bus.Publish(BusChannels.Worker(before.WorkerId), new ToWorker(call.Record.CallId, before.Epoch, call.ConnectionId, Seq: 0, new CallMoved()));
            await Publish(call, call.Attached);
            foreach (var standing in call.Standing)
            {
                await Publish(call, standing);
            }

            call.Voices.TellAgain(call.Clock.Now, heard => _ = Publish(call, heard));
        }
    }

    async Task<long?> Publish(LiveCall call, CallInput input)
    {
        var traced = input is SegmentHeard or SuggestNowAsked or AudioHeard { Frame.EndOfSpeech: true };
        using var span = traced ? Tracing.Send(bus, BusChannels.WorkerKind) : null;
        return await bus.Publish(BusChannels.Worker(call.Ownership.WorkerId), call.Address(input, traced ? Tracing.Here : null));
    }
}
