using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>What holds while Redis, or the way to it, fails.</summary>
[CancelAfter(30_000)]
public sealed class RedisFaultTests
{
    static readonly BusChannel<FromWorker> Channel = BusChannels.Call("fault");
    static readonly CallRecord Call = new("c1", "hash", null, DateTimeOffset.UnixEpoch, new(), null);
    static readonly TimeSpan Promptly = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan AwayNoticedWithin = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ResumesWithin = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    RedisServer server = null!;
    RedisPeer peer = null!;

    [SetUp]
    public async Task Connect()
    {
        server = await RedisServer.Start();
        peer = await RedisPeer.Start(server);
    }

    [TearDown]
    public async Task Disconnect()
    {
        await peer.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task A_killed_subscription_connection_is_mended(CancellationToken cancellationToken)
    {
        await using var subscription = await peer.Bus.Subscribe(Channel, cancellationToken);

        await server.Command("CLIENT", "KILL", "TYPE", "pubsub");

        await MessagesGoOn(peer, peer, Channel, subscription, Message, cancellationToken);
    }

    [Test]
    public async Task One_lost_channel_among_living_ones_is_noticed_and_mended(CancellationToken cancellationToken)
    {
        // Others listen to the same channel, so that Redis' count of its listeners tells nothing.
        await using var other = await RedisPeer.Start(server);
        await using var theirs = await other.Bus.Subscribe(Channel, cancellationToken);
        await using var living = await peer.Bus.Subscribe(BusChannels.Call("living"), cancellationToken);
        await using var subscription = await peer.Bus.Subscribe(Channel, cancellationToken);

        await peer.Connection.Subscriptions.Lose(Channel.Name);
        Assert.That(await peer.Bus.Publish(Channel, Message(1)), Is.EqualTo(1));

        await MessagesGoOn(other, peer, Channel, subscription, Message, cancellationToken);
        Assert.That(peer.Connection.Subscriptions.Mended, Is.EqualTo(1));
        Assert.That(peer.Sockets, Is.EqualTo(3));
    }

    [Test]
    public async Task Channels_that_come_and_go_are_not_taken_for_lost(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2); i++)
        {
            await using var brief = await peer.Bus.Subscribe(BusChannels.Call($"brief {i}"), cancellationToken);
        }

        Assert.That(peer.Connection.Subscriptions.Mended, Is.Zero);
    }

    [Test]
    public async Task Everything_goes_on_after_Redis_is_killed_and_started_again(CancellationToken cancellationToken)
    {
        await using var subscription = await peer.Bus.Subscribe(Channel, cancellationToken);
        await peer.Store.Open(Call, cancellationToken);

        await server.Kill();
        await Poll.Until(() => !peer.Connection.Reachable, AwayNoticedWithin, "Redis is found away");
        Assert.That(await peer.Bus.Publish(Channel, Message(1)), Is.Null);
        await server.Start();

        await MessagesGoOn(peer, peer, Channel, subscription, Message, cancellationToken);
        await Poll.Until(() => peer.Connection.Reachable, ResumesWithin, "Redis is found back");
        // Its scripts went with its data.
        Assert.That(
            await peer.Store.Append("c1", 1, new SpeakersSwapped(Swapped: true), cancellationToken), Is.EqualTo(AppendResult.Unknown));
    }

    [Test]
    public async Task A_pause_loses_nothing_and_keeps_the_order(CancellationToken cancellationToken)
    {
        await using var subscription = await peer.Bus.Subscribe(Channel, cancellationToken);
        await using var reader = subscription.GetAsyncEnumerator(cancellationToken);

        server.Pause();
        var paused = Stopwatch.GetTimestamp();
        var seq = 0;
        while (Stopwatch.GetElapsedTime(paused) < TimeSpan.FromSeconds(4))
        {
            _ = peer.Bus.Publish(Channel, Message(++seq));
            // A steady sender: 50 messages a second into a server that does not answer.
            await Task.Delay(20, cancellationToken);
        }

        Assert.That(peer.Connection.Reachable, Is.False);
        server.Continue();

        for (var i = 1; i <= seq; i++)
        {
            await reader.MoveNextAsync();
            Assert.That(reader.Current.Seq, Is.EqualTo(i));
        }

        await Poll.Until(() => peer.Connection.Reachable, ResumesWithin, "Redis is found back");
    }

    [Test]
    public async Task A_pause_so_long_that_connections_are_replaced_still_ends_well(CancellationToken cancellationToken)
    {
        await using var subscription = await peer.Bus.Subscribe(Channel, cancellationToken);

        server.Pause();
        await Poll.Until(() => peer.Sockets >= 6, TimeSpan.FromSeconds(10), "all three connections are replaced");
        server.Continue();

        await MessagesGoOn(peer, peer, Channel, subscription, Message, cancellationToken);
        await Poll.Until(() => peer.Connection.Reachable, ResumesWithin, "Redis is found back");
    }

    [Test]
    public async Task A_paused_Redis_is_noticed_and_the_store_says_so_at_once(CancellationToken cancellationToken)
    {
        await peer.Store.Open(Call, cancellationToken);

        server.Pause();
        // Timers that begin now: a loaded machine delays them as it delays the store's own.
        var noticed = Poll.Until(() => peer.Connection.Store.Trouble is not null, Patience, "Redis is found away")
            .WaitAsync(AwayNoticedWithin, cancellationToken);
        var append = peer.Store.Append("c1", 1, new SpeakersSwapped(Swapped: true), cancellationToken).AsTask()
            .WaitAsync(Promptly, cancellationToken);
        Assert.That(() => append, Throws.InstanceOf<CallStoreUnavailableException>());
        await noticed;
        var read = peer.Store.Read("c1", cancellationToken).AsTask();
        Assert.That(read.IsCompleted, "It waited for a Redis that is known to be away.");
        Assert.That(() => read, Throws.InstanceOf<CallStoreUnavailableException>());

        server.Continue();
        await Poll.Until(() => peer.Connection.Reachable, ResumesWithin, "Redis is found back");
        Assert.That(
            peer.Logged.Take(3), Is.EqualTo([LogLevel.Information, LogLevel.Warning, LogLevel.Information]), "reachable, away, reachable");
        Assert.That((await peer.Store.Read("c1", cancellationToken))!.Entries, Is.Empty, "What was given up was done later.");
    }

    [Test]
    public async Task Publishing_to_a_paused_Redis_says_so_and_does_not_pile_up(CancellationToken cancellationToken)
    {
        var message = new FromWorker(1, 1, new SuggestionDelta("s", 0, new string('x', 1000)));
        server.Pause();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20_000).Select(_ => peer.Bus.Publish(Channel, message)))
            .WaitAsync(ResumesWithin, cancellationToken);

        Assert.That(answers, Is.All.Null);
        Assert.That(peer.Bus.Refused, Is.InRange(12_000, 16_000));
        server.Continue();
        await Poll.Until(SentAgain, ResumesWithin, "room is given back");

        async Task<bool> SentAgain()
        {
            var refused = peer.Bus.Refused;
            await peer.Bus.Publish(Channel, message);
            return peer.Bus.Refused == refused;
        }
    }

    [Test]
    public async Task An_owner_puts_its_call_back_when_Redis_lost_everything(CancellationToken cancellationToken)
    {
        await peer.Store.Open(Call, cancellationToken);
        var owner = await peer.Store.Claim("c1", null, "w1", 0, cancellationToken);
        await peer.Store.Append("c1", owner!.Epoch, new SpeakersSwapped(Swapped: true), cancellationToken);
        var memory = await peer.Store.Read("c1", cancellationToken);

        await server.FlushAll();
        Assert.That(
            await peer.Store.Append("c1", owner.Epoch, new PauseSet(Paused: true), cancellationToken), Is.EqualTo(AppendResult.Unknown));
        Assert.That(await peer.Store.Restore(memory!, cancellationToken), Is.True);

        Assert.That(
            await peer.Store.Append("c1", owner.Epoch, new PauseSet(Paused: true), cancellationToken), Is.EqualTo(AppendResult.Kept));
        Assert.That((await peer.Store.Read("c1", cancellationToken))!.Entries, Has.Count.EqualTo(2));
    }

    static FromWorker Message(long seq) => new(1, seq, new SuggestionDelta("s", (int)seq, "words"));

    /// <summary>Publishes until a message sent after now arrives, within what is promised.</summary>
    static async Task MessagesGoOn(
        RedisPeer publisher,
        RedisPeer reader,
        BusChannel<FromWorker> channel,
        IBusSubscription<FromWorker> subscription,
        Func<long, FromWorker> message,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var messages = subscription.GetAsyncEnumerator(cancellationToken);
        var next = messages.MoveNextAsync().AsTask();
        var seq = 1000L;
        await Poll.Until(
            async () =>
            {
                await publisher.Bus.Publish(channel, message(++seq));
                return next.IsCompleted;
            },
            ResumesWithin,
            string.Create(CultureInfo.InvariantCulture, $"a message arrives (mended {reader.Connection.Subscriptions.Mended} times)"));
        Assert.That(await next, Is.True);
        await TestContext.Out.WriteLineAsync($"went on after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }
}
