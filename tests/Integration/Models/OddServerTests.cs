using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

/// <summary>What servers send that do not keep to OpenAI's documentation.</summary>
[CancelAfter(60_000)]
public sealed class OddServerTests
{
    static readonly ModelScript Fast = new() { FirstToken = TimeSpan.Zero, TokenPace = TimeSpan.Zero };

    [TestCase("max_completion_tokens", 2)]
    [TestCase("stream_options", 2)]
    public async Task A_parameter_that_the_server_refuses_by_name_is_left_out_from_then_on(string parameter, int requests)
    {
        await using var test = await ModelUnderTest.Start(Fast with { RefusedParameter = parameter });
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
        Assert.That(test.Requests, Has.Count.EqualTo(requests));
        await test.Answer();
        Assert.That(test.Requests, Has.Count.EqualTo(requests + 1));
    }

    [Test]
    public async Task A_schema_that_the_server_refuses_is_left_out()
    {
        await using var test = await ModelUnderTest.Start(Fast with { RefusedParameter = "response_format" });
        await test.Answer(ModelUnderTest.Prompt with { Schema = "{\"type\":\"object\"}", Use = ModelUse.Summary });
        Assert.That(test.Requests.Select(request => request.Structured), Is.EqualTo(new[] { true, false }));
    }

    [TestCase(
        "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Okay, \"}}]}\n\ndata: "
        + "{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n")]
    [TestCase(
        "data: {\"choices\":[{\"delta\":{\"content\":\"<think>Okay, \"}}]}\n\ndata: "
        + "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")]
    [TestCase("{\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":\"tool_calls\"}]}")]
    public async Task An_answer_of_thoughts_alone_is_a_failure_and_the_log_says_once_which_setting_helps(string body)
    {
        await using var test = await ModelUnderTest.Start(Fast with { Body = body });
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.NoWords));
        await test.Failure();
        Assert.That(test.Warnings.Where(line => line.Contains("Model:MaxTokens", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_log_says_once_what_the_server_said_without_words_of_the_call()
    {
        var body = $"data: {{\"error\":{{\"message\":\"No such model: gpt. Asked: {ModelUnderTest.Prompt.Messages[0].Text}\",\"code\":404}}}}\n\n";
        await using var test = await ModelUnderTest.Start(Fast with { Body = body });
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.Refused));
        await test.Failure();
        var warning = test.Warnings.Single(line => line.Contains("The server says", StringComparison.Ordinal));
        Assert.That(warning, Does.Contain("No such model: gpt").And.Contain("Set Model:Name").And.Not.Contain("price is too high"));
    }

    [Test]
    public async Task A_finish_reason_is_an_end_though_the_server_keeps_the_connection_open()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Body = "{\"choices\":[{\"message\":{\"content\":\"Fair.\"},\"finish_reason\":\"stop\"}]}" });
        Assert.That(await test.Answer(), Is.EqualTo("Fair."));
    }

    [Test]
    public async Task Thoughts_that_a_closing_tag_ends_are_taken_back_and_the_next_answer_shows_none_of_them()
    {
        const string Body = "data: {\"choices\":[{\"delta\":{\"content\":\"I may go down \"}}]}\n\n"
            + "data: {\"choices\":[{\"delta\":{\"content\":\"to 15 percent.</think>\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Fair.\"}}]}\n\ndata: [DONE]\n\n";
        await using var test = await ModelUnderTest.Start(Fast with { Body = Body });
        Assert.That(await test.Answer(), Is.EqualTo("Fair."));
        var parts = await test.Model.Stream(ModelUnderTest.Prompt, CancellationToken.None).ToListAsync();
        Assert.That(parts.Select(part => part.Text), Is.EqualTo(new[] { "Fair." }));
    }

    [Test]
    public async Task A_cut_answer_ends_with_its_last_whole_sentence_and_a_figure_from_nowhere_is_named()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Text = "It costs $29 a seat. Absolutely, I completely understand", TokenCount = 7 });
        var parts = await test.Model.Stream(ModelUnderTest.Prompt with { MaxTokens = 6 }, CancellationToken.None).ToListAsync();
        Assert.That(parts.Last(part => part.Replaces).Text, Is.EqualTo("It costs $29 a seat."));
        Assert.That(parts.Last(part => part.UnsupportedFigures is not null).UnsupportedFigures, Is.EqualTo(new[] { "$29" }));
    }

    [Test]
    public async Task A_model_that_is_still_being_loaded_is_waited_for_and_calls_go_by_the_playbook_meanwhile()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { LoadFor = TimeSpan.FromSeconds(4) }, ("Model:FirstTokenTimeout", "00:00:00.5"), (
                "Model:BreakerMinimumRequests", "100"));
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.FirstTokenTimeout));
        await test.Until(ModelState.Unavailable, TimeSpan.FromSeconds(20));
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.CircuitOpen));
        await test.Until(ModelState.Ready, TimeSpan.FromSeconds(20));
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
    }
}
