using Teleprompter.Bus;
using Teleprompter.Tests.Unit.Bus;

namespace Teleprompter.Tests.Integration.Redis;

[CancelAfter(30_000)]
public sealed class RedisAuditTrailTests : AuditTrailSpecification
{
    RedisServer server = null!;
    RedisPeer peer = null!;

    protected override IAuditTrail Trail => peer.Trail;

    [SetUp]
    public async Task Connect()
    {
        server = await RedisServer.Start();
        peer = await RedisPeer.Start(server.ConnectionString, audit: options => options.MaxEntries = 3);
    }

    [TearDown]
    public async Task Disconnect()
    {
        await peer.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task An_entry_is_forgotten_after_its_time_and_gone_with_the_next(CancellationToken cancellationToken)
    {
        await using var brief = await RedisPeer.Start(
            server.ConnectionString, audit: options => options.Retention = TimeSpan.FromMilliseconds(300));
        await brief.Trail.Append(Entry("first", "ann"), cancellationToken);
        await Poll.Until(
            async () => (await brief.Trail.Read(_ => true, 10, cancellationToken)).Count == 0, TimeSpan.FromSeconds(5), "nothing is read");

        await peer.Trail.Append(Entry("second", "ann"), cancellationToken);
        await brief.Trail.Append(Entry("third", "ann"), cancellationToken);

        Assert.That(await RedisContents.Of(server), Does.Not.Contain("first").And.Contain("third"));
    }
}
