namespace Teleprompter.Tests.Integration.Faults;

/// <summary>The fleet that all fault tests share: two gateways and three workers, started by the first test that needs them.</summary>
[SetUpFixture]
public sealed class SharedFleet
{
    static Fleet? fleet;

    internal static async Task<Fleet> Get() => fleet ??= await Fleet.Start(gateways: 2, workers: 3);

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (fleet is not null)
        {
            await fleet.DisposeAsync();
            fleet = null;
        }
    }
}
