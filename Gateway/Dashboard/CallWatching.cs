using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Brings team leads single calls, and reps their leads' lines.</summary>
/// <param name="bus">Brings the events, and carries the lines.</param>
/// <param name="fleet">Knows the owners.</param>
/// <param name="store">Knows them too, where nobody has told of the call yet.</param>
/// <param name="time">The clock.</param>
public sealed class CallWatching(IMessageBus bus, FleetWatch fleet, ICallStore store, TimeProvider time)
{
    /// <summary>How long a line's receipt is waited for.</summary>
    public static readonly TimeSpan ReceiptWithin = TimeSpan.FromSeconds(2);

    // Without sign-in nobody's name can be vouched for.
    const string From = "Team lead";

    static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <summary>Watches a call until it is over.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="cancellationToken">Stops watching.</param>
    /// <returns>What happens.</returns>
    /// <exception cref="HubException">There is no such call.</exception>
    public async IAsyncEnumerable<CallSight> Watch(string callId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Owner(callId, cancellationToken);
        var watchId = $"{Guid.CreateVersion7():N}";
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var told = await bus.Subscribe(BusChannels.CallWatch(watchId), cancellationToken);
        await using var events = await bus.Subscribe(BusChannels.Call(callId), cancellationToken);

        // A watcher that does not keep up loses the oldest, sees a gap, and gets a snapshot.
        var inbox = Channel.CreateBounded<object>(new BoundedChannelOptions(IBusSubscription<object>.Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        Task[] pumps = [Pump(told, inbox.Writer, over.Token), Pump(events, inbox.Writer, over.Token), Ask(inbox.Writer, over.Token)];
        try
        {
            var call = new WatchedCall();
            await foreach (var message in inbox.Reader.ReadAllAsync(cancellationToken))
            {
                switch (message)
                {
                    case CallSightings sightings:
                        foreach (var sight in call.Take(sightings))
                        {
                            yield return sight;
                        }

                        break;
                    case FromWorker fromWorker:
                        var wasAwaiting = call.Awaiting;
                        if (call.Take(fromWorker) is { } shown)
                        {
                            yield return shown;
                        }

                        if (call.Over)
                        {
                            yield break;
                        }

                        if (call.Awaiting && !wasAwaiting)
                        {
                            await Ask(callId, call, watchId, cancellationToken);
                        }

                        break;
                    default:
                        await Ask(callId, call, watchId, cancellationToken);
                        break;
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends the rep of a call a line.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="text">The line.</param>
    /// <param name="cancellationToken">The sender is gone.</param>
    /// <returns>Whether the rep's panel has it.</returns>
    /// <exception cref="HubException">There is no such call, or its owner cannot be reached.</exception>
    public async Task<LineReceipt> Send(string callId, string text, CancellationToken cancellationToken)
    {
        var owner = await Owner(callId, cancellationToken);
        var nudgeId = $"n-{Guid.CreateVersion7():N}";
        await using var shown = await bus.Subscribe(BusChannels.Line(nudgeId), cancellationToken);
        var sentAt = time.GetTimestamp();
        var line = new LineSent(nudgeId, From, text);
        var reached = await Tell(owner, callId, line);
        if (reached == 0 && await Stored(callId, cancellationToken) is { } next)
        {
            reached = await Tell(next, callId, line);
        }

        if (reached is null or 0)
        {
            throw new HubException(new Contracts.Refusal("The call is changing hands. Send the line again.", MayRetry: true).ToString());
        }

        using var waited = new CancellationTokenSource(ReceiptWithin, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, waited.Token);
        try
        {
            await foreach (var _ in shown.WithCancellation(patience.Token))
            {
                return new LineReceipt(nudgeId, Shown: true, time.GetElapsedTime(sentAt).TotalMilliseconds);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No receipt came.
        }

        return new LineReceipt(nudgeId, Shown: false, time.GetElapsedTime(sentAt).TotalMilliseconds);
    }

    async Task<CallOwnership> Owner(string callId, CancellationToken cancellationToken) =>
        fleet.OwnerOf(callId)
            ?? await Stored(callId, cancellationToken)
            ?? throw new HubException("No such call is live. It may have just ended.");

    async Task<CallOwnership?> Stored(string callId, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.Read(callId, cancellationToken))?.Ownership;
        }
        catch (CallStoreUnavailableException error)
        {
            throw new HubException(new Contracts.Refusal("Storage cannot be reached now, and who owns the call is not known. Try again.", MayRetry: true).ToString(), error);
        }
    }

    async Task Ask(string callId, WatchedCall call, string watchId, CancellationToken cancellationToken)
    {
        var owner = await Owner(callId, cancellationToken);
        call.Follow(owner);
        _ = Tell(owner, callId, new WatchAsked(watchId, call.Awaiting));
    }

    Task<long?> Tell(CallOwnership owner, string callId, CallInput input) =>
        bus.Publish(BusChannels.Worker(owner.WorkerId), new ToWorker(callId, owner.Epoch, ConnectionId: "", Seq: 0, input));

    async Task Ask(ChannelWriter<object> to, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AskEvery, time);
        do
        {
            to.TryWrite(AskEvery);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    static async Task Pump<T>(IBusSubscription<T> from, ChannelWriter<object> to, CancellationToken cancellationToken)
        where T : notnull
    {
        await foreach (var message in from.WithCancellation(cancellationToken))
        {
            to.TryWrite(message);
        }
    }
}
