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
        // Redis' clock cannot be moved; what is left of the lease's time can. What is left of none is over.
        var left = long.Parse(await server.Command("PTTL", "tp-gateway:lease:rep"), CultureInfo.InvariantCulture);
        var then = left - (long)time.TotalMilliseconds;
        await server.Command("PEXPIRE", "tp-gateway:lease:rep", then.ToString(CultureInfo.InvariantCulture));
    }
}
