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
        RawClient? third = null;
        for (var tries = 0; third is null && tries < 100; tries++)
        {
            try
            {
                third = await RawClient.Started(limited);
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }

        Assert.That(third, Is.Not.Null);
        await third!.DisposeAsync();
    }
}
