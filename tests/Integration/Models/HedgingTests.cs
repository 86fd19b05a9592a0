using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

/// <summary>A second request where the first words are late, against the real server; the model "other" is the second one.</summary>
[CancelAfter(60_000)]
public sealed class HedgingTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    static readonly ModelScript Fast = new() { FirstToken = TimeSpan.Zero, TokenPace = TimeSpan.FromMilliseconds(1) };

    // Two suggestions earn a second request.
    static readonly (string Setting, string Value)[] Hedged =
    [
        ("Model:HedgeExtra", "0.5"), ("Model:HedgeAfter", "00:00:00.1"),
        ("Model:FirstTokenTimeout", "00:00:20"), ("Model:TotalTimeout", "00:00:30"),
    ];

    [TestCase(null)]
    [TestCase("other")]
    public async Task Where_the_first_words_are_late_a_second_request_answers_and_the_slow_one_is_closed(string? hedgeName)
    {
        await using var test = await ModelUnderTest.Start(
            Fast, [.. Hedged, ("Model:HedgeName", hedgeName ?? ""), ("Admission:Slots", "2")]);
        await test.Answer();
        test.Server.Script = Fast with { Fault = ModelFault.HangBeforeHeaders, FaultCount = 1 };

        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));

        await test.Server.Requests.Until(all => all[^2].End == RequestEnd.Aborted && all[^1].End == RequestEnd.Completed, Soon);
        Assert.That(test.Requests.Select(request => request.Model), Is.EqualTo(new[] { "scripted", "scripted", hedgeName ?? "scripted" }));
        Assert.That(() => test.Gate.TryAskSpare("a", _ => { }), Is.Not.Null.After(5000, 10), "the second request's slot is free again");
        Assert.That(test.Gate.TryAskSpare("b", _ => { }), Is.Not.Null, "both slots are free");
    }

    [Test]
    public async Task Where_the_first_request_has_its_words_sooner_the_second_one_is_closed()
    {
        await using var test = await Begin(SecondHangs);
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));

        await test.Server.Requests.Until(all => all[^1] is { Model: "other", End: RequestEnd.Aborted }, Soon);
        Assert.That(test.Requests[^2].End, Is.EqualTo(RequestEnd.Completed));
    }

    [Test]
    public async Task A_second_request_that_fails_costs_nothing()
    {
        await using var test = await Begin(SecondHangs with { Fault = ModelFault.Status });
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
        Assert.That(test.Requests[^1].End, Is.EqualTo(RequestEnd.Rejected));
    }

    [Test]
    public async Task Second_requests_are_no_more_than_their_part_however_slow_the_model_is()
    {
        await using var test = await Begin(
            SecondHangs with { FirstToken = TimeSpan.FromMilliseconds(300) },
            ("Model:HedgeExtra", "0.25"), ("Model:HedgeAfter", "00:00:00.05"));
        for (var suggestion = 0; suggestion < 7; suggestion++)
        {
            await test.Answer();
        }

        Assert.That(test.Requests.Count(request => request.Model == "other"), Is.InRange(1, 2), "of eight suggestions");
    }

    [Test]
    public async Task A_summary_is_asked_for_once()
    {
        await using var test = await Begin(SecondHangs);
        await test.Answer(ModelUnderTest.Prompt with { Use = ModelUse.Summary });
        Assert.That(test.Requests.Select(request => request.Model), Is.All.EqualTo("scripted"));
    }

    [Test]
    public async Task After_a_rate_limit_nothing_is_asked_a_second_time()
    {
        await using var test = await Begin(Fast with { Fault = ModelFault.Status, Status = 429, FaultCount = 1 });
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.RateLimited));
        test.Server.Script = SecondHangs;
        await test.Answer();
        Assert.That(test.Requests.Select(request => request.Model), Is.All.EqualTo("scripted"));
    }

    [Test]
    public async Task Where_the_last_free_slot_would_be_taken_nothing_is_asked_a_second_time()
    {
        await using var test = await Begin(SecondHangs, ("Admission:Slots", "2"));
        test.Gate.Ask("call", _ => { });
        await test.Answer();
        Assert.That(test.Requests.Select(request => request.Model), Is.All.EqualTo("scripted"));
    }

    [Test]
    public async Task A_call_that_needs_the_slot_of_a_second_request_gets_it_and_the_first_request_goes_on()
    {
        await using var test = await Begin(SecondHangs with { FirstToken = TimeSpan.FromSeconds(2) }, ("Admission:Slots", "2"));
        var answer = test.Answer();
        await test.Last(request => request.Model == "other");

        var calls = new[] { test.Gate.Ask("call-1", _ => { }), test.Gate.Ask("call-2", _ => { }) };

        Assert.That(calls.Select(ticket => ticket.State), Is.All.EqualTo(AdmissionState.Granted));
        await test.Last(request => request is { Model: "other", End: RequestEnd.Aborted });
        Assert.That(await answer, Is.EqualTo(ModelScript.SalesAnswer));
    }

    [Test]
    public async Task A_question_that_is_withdrawn_closes_both_requests()
    {
        await using var test = await Begin(Fast with { Fault = ModelFault.HangAfterHeaders });
        using var withdrawn = new CancellationTokenSource();
        var answer = test.Withdrawn(withdrawn.Token);
        await test.Last(request => request.Model == "other");

        await withdrawn.CancelAsync();

        await answer;
        await test.Server.Requests.Until(all => all[^2].End == RequestEnd.Aborted && all[^1].End == RequestEnd.Aborted, Soon);
    }

    static ModelScript SecondHangs => Fast with
    {
        FirstToken = TimeSpan.FromMilliseconds(700),
        Fault = ModelFault.HangBeforeHeaders,
        FaultModel = "other",
    };

    /// <summary>Starts with a second request earned by the next suggestion.</summary>
    static async Task<ModelUnderTest> Begin(ModelScript script, params (string Setting, string Value)[] settings)
    {
        var test = await ModelUnderTest.Start(Fast, [.. Hedged, ("Model:HedgeName", "other"), .. settings]);
        await test.Answer();
        test.Server.Script = script;
        return test;
    }
}
