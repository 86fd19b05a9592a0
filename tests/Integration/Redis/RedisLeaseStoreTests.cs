using System.Globalization;
using Teleprompter.Bus;
using Teleprompter.Hosting.Redis;
using Teleprompter.Tests.Unit.Bus;

namespace Teleprompter.Tests.Integration.Redis;

public sealed class RedisLeaseStoreTests : LeaseStoreSpecification
{
    RedisServer server = null!;
    RedisPeer peer = null!;
    ILeaseStore store = null!;

    protected override ILeaseStore Store => store;

    [SetUp]
    public async Task Connect()
    {
        server = await RedisServer.Start();
        peer = await RedisPeer.Start($"127.0.0.1:{server.Port},user=gateway,password=gateway");
        store = new RedisLeaseStore(peer.Connection);
    }

    [TearDown]
    public async Task Disconnect()
    {
        await peer.DisposeAsync();
        await server.DisposeAsync();
    }

    protected override async Task LetPass(TimeSpan time)
    {
        // Redis' clock cannot be moved; when each holder's part ends can.
        const string Script =
            """
            for _, key in ipairs(redis.call('KEYS', 'tp-gateway:lease:*')) do
                for _, holder in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -ARGV[1], holder) end
            end
            """;
        await server.Command("EVAL", Script, "0", ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
    }
}
