using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway;

/// <summary>Lets a client into a call: a new one, or its own again. A call belongs to who holds its token, and to who signed in, where that is known.</summary>
/// <param name="store">Keeps the calls.</param>
/// <param name="bus">Brings the call's events.</param>
/// <param name="placement">Finds the call a worker.</param>
/// <param name="hub">Reaches the connection.</param>
/// <param name="time">The clock.</param>
public sealed class CallDoor(
    ICallStore store,
    IMessageBus bus,
    CallPlacement placement,
    IHubContext<CallHub, ICallClient> hub,
    TimeProvider time)
{
    /// <summary>Lets a client in.</summary>
    /// <param name="request">What it wants; valid.</param>
    /// <param name="connection">Its connection.</param>
    /// <returns>The call, to be attached, and the answer to the client.</returns>
    public async Task<(LiveCall Call, StartCallReply Reply)> Open(StartCallRequest request, HubCallerContext connection)
    {
        var cancellationToken = connection.ConnectionAborted;
        var resumed = await Resume(request.Resume, connection.UserIdentifier, cancellationToken);
        var token = resumed is null ? NewSecret(32) : request.Resume!.ResumeToken!;
        var stored = resumed ?? await Create(request, token, connection.UserIdentifier, cancellationToken);
        var live = await Bring(stored, request.Resume?.LastNumber ?? 0, connection, cancellationToken);
        var reply = new StartCallReply(
            stored.Record.CallId,
            token,
            request.Resume?.LastNumber ?? 0,
            (long)live.Clock.Now.TotalMilliseconds,
            Resumed: resumed is not null);
        return (live, reply);
    }

    async Task<StoredCall?> Resume(ResumeRequest? resume, string? subject, CancellationToken cancellationToken)
    {
        if (resume is not { CallId: { } callId, ResumeToken: { } token })
        {
            GatewayTelemetry.Start("new");
            return null;
        }

        var stored = await store.Read(callId, cancellationToken);
        var refusal = stored switch
        {
            null => "resumeUnknown",
            _ when !Matches(token, stored.Record.TokenHash) => "resumeWrongToken",
            _ when stored.Record.Subject != subject => "resumeOtherUser",
            _ when stored.Entries.OfType<CallClosed>().Any() => "resumeClosed",
            _ => null,
        };
        GatewayTelemetry.Start(refusal ?? "resumed");
        return refusal is null ? stored : null;
    }

    async Task<StoredCall> Create(StartCallRequest request, string token, string? subject, CancellationToken cancellationToken)
    {
        var record = new CallRecord(NewSecret(16), Hash(token), subject, time.GetUtcNow(), request.Brief ?? CallBrief.Empty, request.Language);
        await store.Open(record, cancellationToken);
        return new StoredCall(record, Ownership: null, Entries: []);
    }

    async Task<LiveCall> Bring(StoredCall stored, long number, HubCallerContext connection, CancellationToken cancellationToken)
    {
        var callId = stored.Record.CallId;
        var events = await bus.Subscribe(BusChannels.Call(callId), cancellationToken);
        try
        {
            var ownership = await placement.Place(callId, stored.Ownership, cancellationToken);
            var spans = new GatewaySpans(time);
            var relay = new CallRelay(connection.ConnectionId, ownership.Epoch, number, spans, time);
            var clock = new CallClock(time, stored.Record.StartedAt);
            var live = new LiveCall(stored.Record, connection.ConnectionId, SegmentLedger.From(stored.Entries), clock, relay, spans)
            {
                Ownership = ownership,
                Paused = stored.Entries.OfType<PauseSet>().LastOrDefault()?.Paused ?? false,
            };
            _ = ReadEvents(events, live);
            _ = relay.Pump(hub.Clients.Client(connection.ConnectionId), live.Gone.Token);
            return live;
        }
        catch
        {
            await events.DisposeAsync();
            throw;
        }
    }

    static async Task ReadEvents(IBusSubscription<FromWorker> events, LiveCall live)
    {
        await using (events)
        {
            try
            {
                await foreach (var message in events.WithCancellation(live.Gone.Token))
                {
                    live.Relay.Relay(message);
                }
            }
            catch (OperationCanceledException)
            {
                // The connection is gone; so is the reason to listen.
            }
        }
    }

    static string NewSecret(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    static bool Matches(string token, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(token)), Encoding.ASCII.GetBytes(hash));
}
