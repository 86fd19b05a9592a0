using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

[CancelAfter(30_000)]
public sealed class ModelStreamingTests
{
    /// <summary>A second request has a connection of its own.</summary>
    static readonly (string, string) NoSecondRequest = ("Model:HedgeExtra", "0");

    static readonly ModelScript Fast = new() { FirstToken = TimeSpan.FromMilliseconds(20), TokenPace = TimeSpan.FromMilliseconds(1) };

    [Test]
    public async Task The_answer_arrives_as_the_model_wrote_it_whatever_way_the_bytes_come()
    {
        const string Text = "Für Sie: 20 € weniger – „versprochen“ 👍🏽.";
        await using var test = await ModelUnderTest.Start(Fast with { Text = Text, SplitWrites = true, EmptyDeltas = true });
        Assert.That(await test.Answer(), Is.EqualTo(Text));
    }

    [Test]
    public async Task The_first_delta_comes_while_the_model_still_writes(CancellationToken cancellation)
    {
        await using var test = await ModelUnderTest.Start(new ModelScript { Fault = ModelFault.HangMidStream, FaultAfterTokens = 1 });
        await using var deltas = test.Model.Stream(ModelUnderTest.Prompt, cancellation).GetAsyncEnumerator(cancellation);
        Assert.That(await deltas.MoveNextAsync(), Is.True);
        Assert.That(deltas.Current.Text, Is.EqualTo("That"));
    }

    [Test]
    public async Task The_token_limit_is_the_prompts()
    {
        await using var test = await ModelUnderTest.Start(Fast);
        Assert.That(await test.Answer(ModelUnderTest.Prompt with { MaxTokens = 3 }), Is.EqualTo("That is fair,"));
    }

    [Test]
    public async Task An_answer_without_words_is_no_failure()
    {
        await using var test = await ModelUnderTest.Start(Fast with { TokenCount = 0 });
        Assert.That(await test.Answer(), Is.Empty);
    }

    [Test]
    public async Task Connection_and_code_are_warm_before_the_first_question()
    {
        using var used = new UsedConnections();
        await using var test = await ModelUnderTest.Start(Fast with { TokenCount = 3 }, NoSecondRequest);
        var warmUp = test.Server.Requests.All[0];

        var connections = await ConnectionsOf(test, used, questions: 100);

        Assert.That(connections[0], Is.EqualTo(warmUp.Connection));
        Assert.That(connections.Distinct(StringComparer.Ordinal).Count(), Is.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task A_response_that_ends_a_moment_after_its_last_event_keeps_its_connection_warm()
    {
        using var used = new UsedConnections();
        await using var test = await ModelUnderTest.Start(
            Fast with { TokenCount = 3, LateEnd = TimeSpan.FromMilliseconds(1) }, NoSecondRequest);

        var connections = await ConnectionsOf(test, used, questions: 40);
        Assert.That(connections.Distinct(StringComparer.Ordinal).Count(), Is.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task Summaries_ask_their_own_model_and_are_not_asked_twice()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = ModelFault.Status, FaultModel = "small" }, ("Model:SummaryName", "small"), ("Model:FallbackName", "other"));
        Assert.That(await test.Failure(ModelUnderTest.Prompt with { Use = ModelUse.Summary }), Is.EqualTo(ModelFailure.ServerError));
        Assert.That(test.Requests.Select(request => request.Model), Is.EqualTo(new[] { "small" }));
    }

    [Test]
    public async Task Operations_switch_the_model_off_and_on_without_a_restart()
    {
        await using var test = await ModelUnderTest.Start(Fast);
        test.Set("Model:Enabled", "false");
        Assert.That(test.Model.State, Is.EqualTo(ModelState.Off));
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.SwitchedOff));
        Assert.That(test.Requests, Is.Empty);
        test.Set("Model:Enabled", "true");
        Assert.That(test.Model.State, Is.EqualTo(ModelState.Ready));
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
    }

    [Test]
    public async Task Without_endpoint_and_name_there_is_no_model_and_the_worker_starts()
    {
        await using var test = await ModelUnderTest.Start(Fast, ("Model:Endpoint", ""), ("Model:Name", ""));
        Assert.That(test.Model.State, Is.EqualTo(ModelState.None));
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.SwitchedOff));
    }

    /// <summary>Asks one question after the other, each when the connection of the last is free again.</summary>
    static async Task<IReadOnlyList<string>> ConnectionsOf(ModelUnderTest test, UsedConnections used, int questions)
    {
        for (var i = 0; i < questions; i++)
        {
            await Poll.Until(() => used.To(test.Server.Endpoint.Port) == 0, TimeSpan.FromSeconds(10), "no connection is in use");
            await test.Answer();
        }

        return [.. test.Requests.Select(request => request.Connection)];
    }
}
