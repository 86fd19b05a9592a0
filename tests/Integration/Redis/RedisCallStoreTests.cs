using System.Globalization;
using Teleprompter.Bus;
using Teleprompter.Tests.Unit.Bus;

namespace Teleprompter.Tests.Integration.Redis;

public sealed class RedisCallStoreTests : CallStoreSpecification
{
    // Redis' clock cannot be moved; what is left of every key's time can.
    const string LetPass =
        """
        for _, key in ipairs(redis.call('KEYS', '*')) do
            local left = redis.call('PTTL', key)
            if left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
        end
        """;

    RedisServer server = null!;
    RedisPeer peer = null!;
    RedisPeer small = null!;

    protected override ICallStore Store => peer.Store;

    protected override ICallStore SmallStore => small.Store;

    [SetUp]
    public async Task Connect()
    {
        server = await RedisServer.Start();
        (peer, small) = (await RedisPeer.Start(server), await RedisPeer.Start(server, maxBytes: 64 * 1024));
    }

    [TearDown]
    public async Task Disconnect()
    {
        await peer.DisposeAsync();
        await small.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Nothing_of_a_call_outlives_its_retention(CancellationToken cancellationToken)
    {
        await Store.Restore(new StoredCall(Start, new CallOwnership("w1", 1), [new PauseSet(Paused: true)]), cancellationToken);
        await Store.Append("c1", 1, new SpeakersSwapped(Swapped: true), cancellationToken);
        Assert.That(await server.Command("DBSIZE"), Is.EqualTo("3"));

        await Wait(TimeSpan.FromMinutes(30));

        Assert.That(await server.Command("KEYS", "*"), Is.EqualTo("tp:calls-of:nobody"), "the person's list of ids");
        Assert.That(await server.Command("ZRANGE", await server.Command("KEYS", "*"), "0", "-1"), Is.EqualTo("c1"));

        await Wait(CallStoreOptions.ErasedFor);

        Assert.That(await server.Command("DBSIZE"), Is.EqualTo("0"));
    }

    [Test]
    public async Task The_epoch_rises_even_over_a_lost_store(CancellationToken cancellationToken)
    {
        await Store.Open(Start, cancellationToken);
        var before = await Store.Claim("c1", null, "w1", 0, cancellationToken);
        await server.FlushAll();
        await Store.Open(Start, cancellationToken);
        await Poll.Until(
            () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > before!.Epoch, TimeSpan.FromSeconds(1), "a millisecond later");

        var after = await Store.Claim("c1", null, "w2", 0, cancellationToken);

        Assert.That(after!.Epoch, Is.GreaterThan(before!.Epoch));
    }

    [Test]
    public async Task A_cancelled_caller_gets_no_answer_and_no_fault(CancellationToken cancellationToken)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await cancelled.CancelAsync();

        Assert.That(async () => await Store.Read("c1", cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    protected override Task Wait(TimeSpan time) =>
        server.Command("EVAL", LetPass, "0", time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));

    static readonly CallRecord Start = new("c1", "hash", null, DateTimeOffset.UnixEpoch, new(), null);
}
