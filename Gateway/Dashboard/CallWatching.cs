using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Audit;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Shows team leads single calls as they happen.</summary>
public sealed class CallWatching(IMessageBus bus, CallOwners owners, ICallStore store, AuditLog audit, TimeProvider time)
{
    static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(1);

    /// <summary>Watches a call until it is over.</summary>
    /// <exception cref="HubException">There is no such call.</exception>
    public async IAsyncEnumerable<CallSight> Watch(
        string callId, SignedInUser viewer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await owners.Find(callId, viewer, cancellationToken);
        var record = (await store.Read(callId, cancellationToken))?.Record;
        await audit.Write(AuditAction.Watched, viewer, callId, record?.Team ?? viewer.Team, record?.Subject, cancellationToken);
        var watchId = $"{Guid.CreateVersion7():N}";
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var sightings = await bus.Subscribe(DashboardChannels.CallWatch(watchId), cancellationToken);
        await using var events = await bus.Subscribe(BusChannels.Call(callId), cancellationToken);

        // A viewer that does not keep up loses the oldest, sees a gap, and gets a snapshot.
        var inbox = Channel.CreateBounded<object>(
            new BoundedChannelOptions(IBusSubscription<object>.Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        Task[] pumps = [Pump(sightings, inbox, over.Token), Pump(events, inbox, over.Token), PumpRenewals(inbox, over.Token)];
        try
        {
            var call = new WatchedCall();
            await foreach (var message in inbox.Reader.ReadAllAsync(cancellationToken))
            {
                var wasAwaiting = call.AwaitingSnapshot;
                foreach (var sight in call.Receive(message))
                {
                    yield return sight;
                }

                if (call.Over)
                {
                    yield break;
                }

                if (message is Renewal || (call.AwaitingSnapshot && !wasAwaiting))
                {
                    await Renew(callId, viewer, call, watchId, cancellationToken);
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells the owner that the call is watched, and asks for what is missing: a snapshot, or records.</summary>
    async Task Renew(string callId, SignedInUser viewer, WatchedCall call, string watchId, CancellationToken cancellationToken)
    {
        CallOwnership owner;
        try
        {
            owner = await owners.Find(callId, viewer, cancellationToken);
        }
        catch (HubException unknown) when (unknown.InnerException is CallStoreUnavailableException)
        {
            // The next renewal finds it.
            return;
        }

        call.Follow(owner);
        _ = owners.Send(owner, callId, new WatchAsked(watchId, call.AwaitingSnapshot, call.Records));
    }

    async Task PumpRenewals(ChannelWriter<object> inbox, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RenewInterval, time);
        do
        {
            inbox.TryWrite(new Renewal());
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    static async Task Pump<T>(IBusSubscription<T> messages, ChannelWriter<object> inbox, CancellationToken cancellationToken)
        where T : notnull
    {
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            inbox.TryWrite(message);
        }
    }

    sealed record Renewal;
}
