using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>A gateway where people sign in, and its provider.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class ProviderTests
{
    protected ScriptedSignInServer Provider { get; private set; } = null!;

    private protected RunningGateway Gateway { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartGateway()
    {
        Provider = await ScriptedSignInServer.StartAsync();
        Gateway = await RunningGateway.Start(null, Provider.Settings);
    }

    [OneTimeTearDown]
    public async Task StopGateway()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
