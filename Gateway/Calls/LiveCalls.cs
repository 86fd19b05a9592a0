using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>The calls whose connections this gateway holds, by connection.</summary>
public sealed class LiveCalls(CallRouter router, TimeProvider time)
{
    readonly ConcurrentDictionary<string, LiveCall> calls = new(StringComparer.Ordinal);

    public IEnumerable<LiveCall> All => calls.Select(entry => entry.Value);

    public int Count => calls.Count;

    /// <summary>The call of a connection; null when it has none.</summary>
    public LiveCall? Find(string connectionId) => calls.GetValueOrDefault(connectionId);

    /// <summary>The call of a connection.</summary>
    /// <exception cref="HubException">It has none.</exception>
    public LiveCall Get(string connectionId) =>
        Find(connectionId) ?? throw new HubException("This connection has no call. Invoke StartCall first.");

    /// <summary>Makes the live call of a connection, to be attached.</summary>
    /// <param name="stored">The call as the store has it, with its owner.</param>
    /// <param name="resume">What the client said of the connection before; null for a new call.</param>
    public LiveCall Create(StoredCall stored, HubCallerContext connection, ResumeRequest? resume) =>
        new(stored, connection, resume, router, time);

    /// <summary>Gives a connection its call and tells the owner.</summary>
    public async Task Attach(LiveCall call)
    {
        calls[call.Connection.ConnectionId] = call;
        await router.Send(call, call.Relay.Connection);

        // A previous connection may have stored them and the owner not received them: no gap shows behind a closed connection.
        foreach (var setting in call.ChangedSettings)
        {
            await router.Send(call, setting);
        }
    }

    /// <summary>A connection is closed: its owner is told.</summary>
    public async Task Detach(string connectionId)
    {
        if (calls.TryRemove(connectionId, out var call))
        {
            call.Leave();
            await router.Send(call, new ClientDetached(connectionId));
        }
    }
}
