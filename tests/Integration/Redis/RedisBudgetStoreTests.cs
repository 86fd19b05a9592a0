using Teleprompter.Bus;
using Teleprompter.Tests.Unit.Bus;

namespace Teleprompter.Tests.Integration.Redis;

[CancelAfter(30_000)]
public sealed class RedisBudgetStoreTests : BudgetStoreSpecification
{
    RedisServer server = null!;
    RedisPeer peer = null!;
    RedisPeer other = null!;

    protected override IBudgetStore Store => peer.Budgets;

    protected override IBudgetStore Other => other.Budgets;

    [SetUp]
    public async Task Connect()
    {
        server = await RedisServer.Start();
        (peer, other) = (await RedisPeer.Start(server), await RedisPeer.Start(server));
    }

    [TearDown]
    public async Task Disconnect()
    {
        await peer.DisposeAsync();
        await other.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Counts_have_an_end_and_no_names(CancellationToken cancellationToken)
    {
        await Store.Add(new DateOnly(2026, 11, 26), "ann@example.com", "north", new BudgetUse(10, 1), cancellationToken);

        const string Ends =
            "local all = {} for i, key in ipairs(redis.call('KEYS', 'tp:spent:*')) do all[i] = redis.call('PTTL', key) end return all";
        var left = await server.Command("EVAL", Ends, "0");
        Assert.That(left.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2));
        Assert.That(left, Does.Not.Contain("-1"));
        Assert.That(await RedisContents.Of(server), Does.Not.Contain("ann").And.Not.Contain("north"));
    }
}
