using System.Diagnostics;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

[CancelAfter(60_000)]
public sealed class ModelFailureTests
{
    static readonly ModelScript Fast = new() { FirstToken = TimeSpan.Zero, TokenPace = TimeSpan.FromMilliseconds(1) };

    static readonly (string Setting, string Value)[] Impatient =
        [("Model:FirstTokenTimeout", "00:00:00.3"), ("Model:TokenTimeout", "00:00:00.2"), ("Model:TotalTimeout", "00:00:01")];

    [TestCase(ModelFault.HangBeforeHeaders, 0, ModelFailure.FirstTokenTimeout)]
    [TestCase(ModelFault.HangAfterHeaders, 0, ModelFailure.FirstTokenTimeout)]
    [TestCase(ModelFault.HangMidStream, 0, ModelFailure.Stalled)]
    [TestCase(ModelFault.Stall, 0, ModelFailure.Stalled)]
    [TestCase(ModelFault.Truncate, 0, ModelFailure.BrokenStream)]
    [TestCase(ModelFault.Disconnect, 0, ModelFailure.BrokenStream)]
    [TestCase(ModelFault.MalformedChunk, 0, ModelFailure.BrokenStream)]
    [TestCase(ModelFault.Status, 500, ModelFailure.ServerError)]
    [TestCase(ModelFault.Status, 503, ModelFailure.ServerError)]
    [TestCase(ModelFault.Status, 401, ModelFailure.Refused)]
    [TestCase(ModelFault.Status, 400, ModelFailure.Refused)]
    [TestCase(ModelFault.Status, 429, ModelFailure.RateLimited)]
    public async Task Every_failure_has_its_name(ModelFault fault, int status, ModelFailure failure)
    {
        await using var test = await ModelUnderTest.Start(Fast with { Fault = fault, Status = status }, Impatient);
        Assert.That(await test.Failure(), Is.EqualTo(failure));
    }

    [Test]
    public async Task An_endless_answer_ends_with_the_total_timeout_and_is_aborted()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { TokenPace = TimeSpan.FromMilliseconds(50), TokenCount = 1000 }, Impatient);
        Assert.That(await test.Failure(ModelUnderTest.Prompt with { MaxTokens = 1000 }), Is.EqualTo(ModelFailure.TotalTimeout));
        Assert.That((await test.Last(request => request.End != RequestEnd.Open)).End, Is.EqualTo(RequestEnd.Aborted));
    }

    [Test]
    public async Task A_server_that_is_gone_is_a_broken_stream()
    {
        await using var test = await ModelUnderTest.Start(Fast, Impatient);
        await test.Server.DisposeAsync();
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.BrokenStream));
    }

    [TestCase(ModelFault.Status)]
    [TestCase(ModelFault.Disconnect)]
    [TestCase(ModelFault.Truncate)]
    public async Task A_failure_before_the_first_token_is_tried_once_more(ModelFault fault)
    {
        await using var test = await ModelUnderTest.Start(Fast with { Fault = fault, FaultAfterTokens = 0, FaultCount = 1 });
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
        Assert.That(test.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_model_that_goes_on_failing_is_asked_twice_and_no_more()
    {
        await using var test = await ModelUnderTest.Start(Fast with { Fault = ModelFault.Status });
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.ServerError));
        Assert.That(test.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(ModelFault.Disconnect)]
    [TestCase(ModelFault.HangMidStream)]
    public async Task After_the_first_token_nothing_is_asked_again(ModelFault fault)
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = fault, FaultAfterTokens = 1, TokenPace = TimeSpan.FromMilliseconds(100) },
            [
                .. Impatient, ("Model:FallbackName", "other"),
            ]);
        await test.Failure();
        Assert.That(test.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(ModelFault.HangBeforeHeaders, 0)]
    [TestCase(ModelFault.HangAfterHeaders, 0)]
    [TestCase(ModelFault.Status, 500)]
    [TestCase(ModelFault.Status, 404)]
    [TestCase(ModelFault.Status, 429)]
    public async Task The_fallback_model_answers_for_one_that_fails_before_its_first_token(ModelFault fault, int status)
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = fault, Status = status, FaultModel = "scripted" }, ("Model:FallbackName", "other"), (
                "Model:FallbackAfter", "00:00:00.2"));
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
        Assert.That(test.Requests.Select(request => request.Model), Is.EqualTo(new[] { "scripted", "other" }));
    }

    [Test]
    public async Task Retry_and_fallback_stay_within_the_time_for_the_first_token()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = ModelFault.HangBeforeHeaders },
            [
                .. Impatient, ("Model:FallbackName", "other"), ("Model:FallbackAfter", "00:00:00.15"),
            ]);
        var started = Stopwatch.GetTimestamp();
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.FirstTokenTimeout));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromMilliseconds(400)));
    }

    [TestCase(ModelFault.HangBeforeHeaders, 0)]
    [TestCase(ModelFault.HangMidStream, 0)]
    [TestCase(ModelFault.Status, 500)]
    [TestCase(ModelFault.Status, 401)]
    public async Task A_model_that_keeps_failing_rests_and_is_seen_when_it_is_back(ModelFault fault, int status)
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = fault, Status = status }, [.. Impatient, ("Model:BreakDuration", "00:00:00.5")]);
        for (var i = 0; test.Model.State == ModelState.Ready; i++)
        {
            Assert.That(i, Is.LessThan(5), "the breaker should have opened");
            await test.Failure();
        }

        Assert.That(test.Model.State, Is.EqualTo(ModelState.Unavailable));
        var before = test.Requests.Count;
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.CircuitOpen));
        Assert.That(test.Requests, Has.Count.EqualTo(before));
        test.Server.Script = Fast;
        await test.Until(ModelState.Ready, TimeSpan.FromSeconds(10));
        Assert.That(await test.Answer(), Is.EqualTo(ModelScript.SalesAnswer));
        Assert.That(test.Requests, Has.Count.EqualTo(before + 1), "no call's question was the probe");
    }

    [TestCase(ModelFault.HangMidStream, ModelFailure.Stalled)]
    [TestCase(ModelFault.HangBeforeHeaders, ModelFailure.FirstTokenTimeout)]
    public async Task A_pause_of_the_worker_itself_does_not_speak_against_the_model(ModelFault fault, ModelFailure failure)
    {
        await using var test = await ModelUnderTest.Start(
            new LateTimers(TimeSpan.FromSeconds(1.5)), Fast with { Fault = fault },
            [.. Impatient, ("Model:TotalTimeout", "00:01:00"), ("Model:BreakerMinimumRequests", "2")]);
        var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => test.Failure()));
        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.All.EqualTo(failure));
            Assert.That(test.Models.State, Is.EqualTo(ModelState.Ready));
            Assert.That(test.Warnings, Is.Empty);
        });
    }

    [Test]
    public async Task While_the_first_model_rests_the_fallback_is_asked_at_once_and_the_state_stays_ready()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = ModelFault.Status, FaultModel = "scripted" }, ("Model:FallbackName", "other"), (
                "Model:BreakerMinimumRequests", "3"));
        for (var i = 0; i < 4; i++)
        {
            await test.Answer();
        }

        Assert.That(test.Model.State, Is.EqualTo(ModelState.Ready));
        Assert.That(
            test.Requests.Select(request => request.Model),
            Is.EqualTo(new[] { "scripted", "other", "scripted", "other", "other", "other" }));
    }

    [TestCase(429)]
    [TestCase(400)]
    public async Task Rate_limits_and_single_refused_prompts_do_not_count_against_the_model(int status)
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = ModelFault.Status, Status = status }, ("Model:BreakerMinimumRequests", "2"));
        for (var i = 0; i < 6; i++)
        {
            await test.Failure();
        }

        Assert.That(test.Model.State, Is.EqualTo(ModelState.Ready));
        Assert.That(test.Requests, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task A_rate_limit_holds_the_next_question_until_the_provider_may_be_asked_again()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = ModelFault.Status, Status = 429, RetryAfter = TimeSpan.FromSeconds(1), FaultCount = 1 });
        Assert.That(await test.Failure(), Is.EqualTo(ModelFailure.RateLimited));
        var granted = new TaskCompletionSource();
        var started = Stopwatch.GetTimestamp();
        var ticket = test.Gate.Ask("call", _ => granted.TrySetResult());
        Assert.That(ticket.State, Is.EqualTo(AdmissionState.Pending));
        await granted.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.That(ticket.State, Is.EqualTo(AdmissionState.Granted));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromSeconds(0.9)));
    }
}
