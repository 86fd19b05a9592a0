using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>Whole calls, from a socket to a model server that records what was asked of it and what was broken off.</summary>
[CancelAfter(60_000)]
public sealed class ModelCallTests
{
    const string Price = "Honestly, that is more expensive than we expected.";
    const string Security = "And is our data secure with you?";

    ScriptedModelServer model = null!;
    RunningGateway gateway = null!;
    HubClient client = null!;

    [SetUp]
    public async Task StartEverything()
    {
        model = await ScriptedModelServer.StartAsync(
            new ModelScript { FirstToken = TimeSpan.FromMilliseconds(50), TokenPace = TimeSpan.FromMilliseconds(5) });
        gateway = await RunningGateway.Start(null, $"--Model:Endpoint={model.Endpoint}", "--Model:Name=scripted", "--Model:ApiKey=none");
        client = await HubClient.Connect(gateway);
        await client.Start();
    }

    [TearDown]
    public async Task StopEverything()
    {
        await client.DisposeAsync();
        await gateway.DisposeAsync();
        await model.DisposeAsync();
    }

    [Test]
    public async Task The_card_comes_first_then_the_models_words_as_they_are_written(CancellationToken cancellationToken)
    {
        await client.Say("1", Price);

        var settled = await client.Until<TurnSettled>(cancellationToken);

        Assert.That(settled.Reason, Is.EqualTo(SettleReason.ByModel));
        var done = client.Heard.OfType<SuggestionCompleted>().Single();
        Assert.That(string.Concat(client.Heard.OfType<SuggestionDelta>().Select(delta => delta.Text)), Is.EqualTo(done.Text));
        Assert.That(client.Heard.OfType<SuggestionDelta>().Count(), Is.GreaterThan(2));
        Assert.That(IndexOf<CardShown>(), Is.LessThan(IndexOf<SuggestionStarted>()));
        Assert.That(done.Latency.FirstTokenMs, Is.GreaterThanOrEqualTo(49));
        Assert.That(done.Latency.HeldMs, Is.LessThan(5));
    }

    [Test]
    public async Task A_newer_turn_closes_the_older_stream_at_the_model(CancellationToken cancellationToken)
    {
        model.Script = new ModelScript { FirstToken = TimeSpan.FromMilliseconds(20), TokenPace = TimeSpan.FromMilliseconds(50) };
        await client.Say("1", Price);
        await client.Until<SuggestionDelta>(cancellationToken);

        await client.Say("2", Security);
        var withdrawn = await client.Until<SuggestionWithdrawn>(cancellationToken);
        await client.Until<SuggestionCompleted>(cancellationToken);

        Assert.That(withdrawn.Reason, Is.EqualTo(WithdrawReason.NewerTurn));
        await model.Requests.Until(requests => requests.Any(request => request.End == RequestEnd.Aborted), TimeSpan.FromSeconds(5));
    }

    [TestCase("EndCall")]
    [TestCase("Pause")]
    public async Task Ending_or_pausing_a_call_closes_its_stream_at_the_model(string method, CancellationToken cancellationToken)
    {
        model.Script = new ModelScript { FirstToken = TimeSpan.FromMilliseconds(20), TokenPace = TimeSpan.FromMilliseconds(200) };
        await client.Say("1", Price);
        await client.Until<SuggestionDelta>(cancellationToken);

        await client.Invoke(method);

        await client.Until<SuggestionWithdrawn>(cancellationToken);
        await model.Requests.Until(requests => requests.Any(request => request.End == RequestEnd.Aborted), TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task A_stream_nobody_reads_is_closed_at_the_model(CancellationToken cancellationToken)
    {
        model.Script = new ModelScript { FirstToken = TimeSpan.FromMilliseconds(20), TokenPace = TimeSpan.FromMilliseconds(500) };
        await client.Say("1", Price);
        await client.Until<SuggestionDelta>(cancellationToken);

        await client.DisposeAsync();

        await model.Requests.Until(requests => requests.Any(request => request.End == RequestEnd.Aborted), TimeSpan.FromSeconds(8));
    }

    [Test]
    public async Task A_failing_model_leaves_the_playbook_and_an_honest_status(CancellationToken cancellationToken)
    {
        model.Script = new ModelScript { Fault = ModelFault.Status, Status = 500 };

        await client.Say("1", Price);
        var settled = await client.Until<TurnSettled>(cancellationToken);
        var status = await client.Until<StatusChanged>(cancellationToken);

        Assert.That(settled.Reason, Is.EqualTo(SettleReason.ByPlaybook));
        Assert.That(status.Status.Model, Is.EqualTo(ModelState.Unavailable));
    }

    int IndexOf<T>() => client.Heard.FindIndex(callEvent => callEvent is T);
}
