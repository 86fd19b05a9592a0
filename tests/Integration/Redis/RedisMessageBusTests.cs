using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Bus;

namespace Teleprompter.Tests.Integration.Redis;

public sealed class RedisMessageBusTests : MessageBusSpecification
{
    RedisServer server = null!;
    RedisPeer peer = null!;

    protected override IMessageBus Bus => peer.Bus;

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
    public async Task A_malformed_message_costs_only_itself_and_is_counted(CancellationToken cancellationToken)
    {
        var channel = BusChannels.Call("malformed");
        await using var subscription = await Bus.Subscribe(channel, cancellationToken);

        foreach (var broken in (string[])["not JSON", "null", "{\"event\":{\"type\":\"unheard of\"}}", ""])
        {
            await server.Command("PUBLISH", "tp:call:malformed", broken);
        }

        await Bus.Publish(channel, new FromWorker(1, 2, new SuggestionDelta("s", 0, "words")));
        await using var reader = subscription.GetAsyncEnumerator(cancellationToken);
        Assert.That(await reader.MoveNextAsync(), Is.True);
        Assert.That(reader.Current.Seq, Is.EqualTo(2));
        Assert.That(peer.Bus.Malformed, Is.EqualTo(4));
    }

    [Test]
    public async Task Processes_hear_each_other_and_count_each_other(CancellationToken cancellationToken)
    {
        await using var other = await RedisPeer.Start(server);
        await using var there = await other.Bus.Subscribe(BusChannels.Call("apart"), cancellationToken);
        await using var here = await Bus.Subscribe(BusChannels.Call("apart"), cancellationToken);

        Assert.That(
            await Bus.Publish(BusChannels.Call("apart"), new FromWorker(1, 1, new SuggestionDelta("s", 0, "words"))), Is.EqualTo(2));
    }

    [Test]
    public async Task A_publisher_that_blocks_holds_up_nobody_else(CancellationToken cancellationToken)
    {
        var channel = BusChannels.Call("blocked");
        var message = new FromWorker(1, 1, new SuggestionDelta("s", 0, "words"));
        await using var subscription = await Bus.Subscribe(channel, cancellationToken);
        using var release = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var blocking = Task.Run(Block, cancellationToken);
        await blocked.Task;
        var reached = await Bus.Publish(channel, message);
        release.Set();
        await blocking;

        Assert.That(reached, Is.EqualTo(1));

        async Task Block()
        {
            await Bus.Publish(channel, message);
            blocked.SetResult();
            release.Wait(cancellationToken);
        }
    }

    protected override async Task DeliveryOf(
        int messages, IBusSubscription<FromWorker> subscription, CancellationToken cancellationToken) =>
        await Poll.Until(
            () => subscription.Dropped >= messages - IBusSubscription<FromWorker>.Capacity, TimeSpan.FromSeconds(5),
            "all are delivered or dropped");
}
