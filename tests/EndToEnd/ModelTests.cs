using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A gateway with a model whose answers the tests write.</summary>
public abstract class ModelTests : PanelTests
{
    protected const string Objection = "Honestly, that is more expensive than we expected.";

    protected ScriptedModelServer Model { get; private set; } = null!;

    protected abstract ModelScript Script { get; }

    [OneTimeTearDown]
    public override async Task Stop()
    {
        await base.Stop();
        await Model.DisposeAsync();
    }

    [SetUp]
    public async Task StartCall()
    {
        Model.Script = Script;
        await Panel.StartCall();
    }

    private protected override async Task<RunningGateway> StartGateway()
    {
        Model = await ScriptedModelServer.StartAsync(new() { FirstToken = TimeSpan.Zero });
        return await RunningGateway.Start(null, $"--Model:Endpoint={Model.Endpoint}", "--Model:Name=scripted", "--Model:BreakerMinimumRequests=2");
    }
}
