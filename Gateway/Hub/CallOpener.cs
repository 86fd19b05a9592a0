using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Hub;

/// <summary>Opens a call for a client, a new one or its own again, until its connection closes.</summary>
public sealed class CallOpener(
    CallRegister register, CallPlacement placement, LiveCalls calls, CallAdmission admission, IMessageBus bus,
    IHubContext<CallHub, ICallClient> hub)
{
    /// <summary>Opens a call and attaches the connection to it.</summary>
    /// <exception cref="HubException">
    /// The request is not valid, the connection has a call already, the call may not begin, or no worker is alive.
    /// </exception>
    /// <exception cref="CallStoreUnavailableException">The store is away, or has lost the call meanwhile.</exception>
    public async Task<StartCallReply> Open(StartCallRequest request, HubCallerContext connection)
    {
        MessageRules.Require(MessageRules.Problem(request));
        MessageRules.Require(calls.Find(connection.ConnectionId) is null
            ? null
            : "This connection has a call already. Open another connection for another call.");
        var user = SignedInUser.Of(connection.User);
        var resumed = await register.Find(request.Resume, user, connection.ConnectionAborted);
        if (resumed is not null)
        {
            await admission.TakeUp(resumed.Record, connection.ConnectionId, connection.ConnectionAborted);
        }

        var (stored, token) = resumed is null
            ? await register.Create(
                request, user, (record, stop) => admission.Begin(record, connection.ConnectionId, stop), connection.ConnectionAborted)
            : (resumed, request.Resume!.ResumeToken!);
        try
        {
            var call = await Attach(stored, request.Resume, connection);
            if (connection.ConnectionAborted.IsCancellationRequested)
            {
                // Close may have been before the call was there to be detached.
                await calls.Detach(connection.ConnectionId);
                connection.ConnectionAborted.ThrowIfCancellationRequested();
            }

            return new StartCallReply(
                stored.Record.CallId, token, request.Resume?.LastNumber ?? 0, call.NowMs, Resumed: resumed is not null,
                stored.Record.Language);
        }
        catch
        {
            await admission.Leave(stored.Record, connection.ConnectionId, begun: resumed is not null);
            throw;
        }
    }

    /// <summary>Detaches a connection that is closed from its call, if it has one.</summary>
    public async Task Close(string connectionId)
    {
        var call = calls.Find(connectionId);
        await calls.Detach(connectionId);
        if (call is not null)
        {
            await admission.Leave(call.Record, connectionId, begun: true);
        }
    }

    async Task<LiveCall> Attach(StoredCall stored, ResumeRequest? resume, HubCallerContext connection)
    {
        var events = await bus.Subscribe(BusChannels.Call(stored.Record.CallId), connection.ConnectionAborted);
        var call = calls.Create(await Place(stored, events, connection.ConnectionAborted), connection, resume);
        var client = hub.Clients.Client(connection.ConnectionId);
        _ = call.Run(bus, events, client);
        if (stored.Record.Rehearsal is { Voice: true })
        {
            _ = call.Speak(bus, client);
        }

        await calls.Attach(call);
        return call;
    }

    async Task<StoredCall> Place(StoredCall stored, IAsyncDisposable events, CancellationToken cancellationToken)
    {
        try
        {
            var owner = await placement.Place(stored.Record.CallId, stored.Ownership, doubted: false, cancellationToken);
            return stored with { Ownership = owner ?? throw new CallStoreUnavailableException("The store has just lost the call.") };
        }
        catch
        {
            await events.DisposeAsync();
            throw;
        }
    }
}
