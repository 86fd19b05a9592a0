using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A gateway with a model whose answers the tests write.</summary>
public abstract class ModelTests : PanelTests
{
    protected const string Objection = "Honestly, that is more expensive than we expected.";

    RunningGateway gateway = null!;

    protected override Uri Address => gateway.Address;

    protected ScriptedModelServer Model { get; private set; } = null!;

    protected abstract ModelScript Script { get; }

    protected virtual string[] Settings => [];

    [OneTimeSetUp]
    public async Task StartGateway()
    {
        Model = await ScriptedModelServer.StartAsync(new() { FirstToken = TimeSpan.Zero });
        gateway = await RunningGateway.Start(
            null, [$"--Model:Endpoint={Model.Endpoint}", "--Model:Name=scripted", "--Model:BreakerMinimumRequests=2", .. Settings]);
    }

    [OneTimeTearDown]
    public async Task StopGateway()
    {
        await gateway.DisposeAsync();
        await Model.DisposeAsync();
    }

    [SetUp]
    public async Task StartCall()
    {
        Model.Script = Script;
        await Panel.StartCall();
    }
}
