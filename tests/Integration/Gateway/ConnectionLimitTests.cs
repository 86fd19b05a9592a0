using System.Net.WebSockets;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>How many sockets one address may hold.</summary>
public sealed class ConnectionLimitTests
{
    [Test]
    public async Task Connections_beyond_the_limit_of_an_address_are_refused_and_let_in_when_one_closes()
    {
        await using var limited = await RunningGateway.Start(null, "--Gateway:ConnectionsPerAddress=2");
        var first = await RawClient.Started(limited);
        await using var second = await RawClient.Started(limited);
        Assert.That(async () => await RawClient.Connect(limited), Throws.Exception.With.Message.Contains("429"));

        await first.DisposeAsync();
        await Poll.Until(() => LetsIn(limited), TimeSpan.FromSeconds(30), "another is let in");
    }

    static async Task<bool> LetsIn(RunningGateway gateway)
    {
        try
        {
            await using var client = await RawClient.Started(gateway);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
