using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A gateway with a model whose answers the tests write.</summary>
public abstract class ModelTests : PanelTests
{
    protected const string Objection = "Honestly, that is more expensive than we expected.";

    protected ScriptedModelServer Model { get; private set; } = null!;

    protected abstract ModelScript Script { get; }

    [SetUp]
    public Task StartCall() => Panel.StartCall();

    private protected override async Task<RunningGateway> StartGateway()
    {
        Model = await ScriptedModelServer.StartAsync();
        var gateway = await RunningGateway.Start(
            null, $"--Model:Endpoint={Model.Endpoint}", "--Model:Name=scripted", "--Model:BreakerMinimumRequests=2");
        Model.Script = Script;
        return gateway;
    }

    [TearDown]
    public override async Task Close()
    {
        try
        {
            await base.Close();
        }
        finally
        {
            await Model.DisposeAsync();
        }
    }
}
