using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Relay;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Hub;

/// <summary>Lets a client into a call: a new one, or its own again.</summary>
/// <param name="register">Opens and finds calls.</param>
/// <param name="bus">Brings the call's events.</param>
/// <param name="placement">Finds the call a worker.</param>
/// <param name="hub">Reaches the connection.</param>
/// <param name="time">The clock.</param>
public sealed class CallOpener(
    CallRegister register,
    IMessageBus bus,
    CallPlacement placement,
    IHubContext<CallHub, ICallClient> hub,
    TimeProvider time)
{
    /// <summary>How late a gateway may come to an attempt, after a pause of its own, and still know which of two is the newer.</summary>
    public static readonly TimeSpan AttemptHeardWithin = TimeSpan.FromSeconds(30);

    /// <summary>Lets a client in.</summary>
    /// <param name="request">What it wants; valid.</param>
    /// <param name="connection">Its connection.</param>
    /// <returns>The call, to be attached, and the answer to the client.</returns>
    public async Task<(LiveCall Call, StartCallReply Reply)> Open(StartCallRequest request, HubCallerContext connection)
    {
        var cancellationToken = connection.ConnectionAborted;
        var resumed = await register.Find(request.Resume, connection.UserIdentifier, cancellationToken);
        var (stored, token) = resumed is null
            ? await register.Create(request, connection.UserIdentifier, cancellationToken)
            : (resumed, request.Resume!.ResumeToken!);
        var live = await Bring(stored, request, connection, cancellationToken);
        var reply = new StartCallReply(
            stored.Record.CallId,
            token,
            request.Resume?.LastNumber ?? 0,
            (long)live.Clock.Now.TotalMilliseconds,
            Resumed: resumed is not null);
        return (live, reply);
    }

    /// <summary>Since when a connection holds its call, by the call's clock in milliseconds: never in the future, whatever its client says.</summary>
    /// <param name="attemptedMs">When the client says it tried.</param>
    /// <param name="nowMs">When it was accepted.</param>
    /// <returns>The time that tells which of two connections is the newer.</returns>
    public static long Since(long? attemptedMs, long nowMs) => Math.Clamp(attemptedMs ?? nowMs, nowMs - (long)AttemptHeardWithin.TotalMilliseconds, nowMs);

    async Task<LiveCall> Bring(StoredCall stored, StartCallRequest request, HubCallerContext connection, CancellationToken cancellationToken)
    {
        var callId = stored.Record.CallId;
        var events = await bus.Subscribe(BusChannels.Call(callId), cancellationToken);
        try
        {
            var ownership = await placement.Place(callId, stored.Ownership, doubted: false, cancellationToken)
                ?? throw new HubException("The call has expired. Start a new one.");
            var spans = new GatewaySpans(time);
            var relay = new CallRelay(connection.ConnectionId, ownership.Epoch, request.Resume?.LastNumber ?? 0, spans, time);
            var clock = new CallClock(time, stored.Record.StartedAt);
            var since = Since(request.Resume?.AtMs, (long)clock.Now.TotalMilliseconds);
            var live = new LiveCall(stored.Record, connection.ConnectionId, since, SegmentLedger.From(stored.Entries), clock, relay, spans)
            {
                Ownership = ownership,
                Settings = CallSettings.Of(stored.Entries),
            };
            _ = ReadEvents(bus, events, live);
            _ = relay.Pump(hub.Clients.Client(connection.ConnectionId), live.Gone.Token);
            return live;
        }
        catch
        {
            await events.DisposeAsync();
            throw;
        }
    }

    static async Task ReadEvents(IMessageBus bus, IBusSubscription<FromWorker> events, LiveCall live)
    {
        await using (events)
        {
            try
            {
                await foreach (var message in events.WithCancellation(live.Gone.Token))
                {
                    using var span = message.Traceparent is null ? null : Tracing.Process(bus, BusChannels.CallKind, Tracing.ContextOf(message.Traceparent));
                    live.Relay.Relay(message);
                }
            }
            catch (OperationCanceledException)
            {
                // The connection is gone; so is the reason to listen.
            }
        }
    }
}
