using System.Collections.Concurrent;
using Teleprompter.Bus;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.CardMatching;

public sealed class CallMatchingTests
{
    readonly List<CardMatched> matched = [];

    [SetUp]
    public void Forget() => matched.Clear();

    [Test]
    public void Of_unfinished_words_only_the_newest_are_matched()
    {
        var call = Call();
        Ask(call, "how much", whole: false);
        Ask(call, "how much does it", whole: false);
        Ask(call, "how much does it cost", whole: false);
        call.MatchNext();
        call.MatchNext();
        Assert.That(matched.Select(match => match.Request.Text), Is.EqualTo(["how much does it cost"]));
        Assert.That(matched[0].Best!.Card.Id, Is.EqualTo("pricing-question"));
    }

    [Test]
    public void A_whole_turn_replaces_the_words_before_its_end_and_waits_for_no_others()
    {
        var call = Call();
        Ask(call, "how much does it", whole: false);
        Ask(call, "how much does it cost", whole: true);
        Ask(call, "is it secure", whole: true);
        Ask(call, "and another", whole: false);
        for (var times = 0; times < 4; times++)
        {
            call.MatchNext();
        }

        Assert.That(
            matched.Select(match => match.Request.Text), Is.EqualTo(["how much does it cost", "is it secure", "and another"]));
    }

    [Test]
    public void Of_too_many_turns_the_oldest_goes_on_without_a_card()
    {
        var call = Call();
        for (var turn = 0; turn <= CallMatching.MostTurns; turn++)
        {
            Ask(call, $"how much does number {turn} cost", whole: true);
        }

        Assert.That(matched.Single(), Has.Property(nameof(CardMatched.Best)).Null);
        Assert.That(matched[0].Request.Text, Is.EqualTo("how much does number 0 cost"));
    }

    [Test]
    public void Words_alone_are_matched_at_once()
    {
        Ask(new CallMatching(new MatchingStage(() => ShippedPlaybook.ByWords), Keep), "how much does it cost", whole: true);
        Assert.That(matched.Single().PlaybookVersion, Does.EndWith("-words"));
    }

    [Test, CancelAfter(30_000)]
    public async Task The_stage_matches_the_texts_of_all_calls(CancellationToken cancelled)
    {
        using var stage = new MatchingStage(() => ShippedPlaybook.Edition);
        await stage.StartAsync(cancelled);
        var found = new TaskCompletionSource<CardMatched>();
        var call = new CallMatching(stage, input => found.TrySetResult((CardMatched)input));
        call.Ask(new MatchRequest("our infosec folks are gonna want to see your soc two", whole: true));
        Assert.That((await found.Task.WaitAsync(cancelled)).Best!.Card.Id, Is.EqualTo("security-compliance"));
        await stage.StopAsync(cancelled);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_live_call_is_matched_before_the_rehearsals_that_wait(CancellationToken cancelled)
    {
        var rehearsals = 4 * Environment.ProcessorCount;
        using var stage = new MatchingStage(() => ShippedPlaybook.Edition);
        var posted = new ConcurrentQueue<bool>();
        var all = new TaskCompletionSource();
        CallMatching Call(bool rehearses) => new(stage, _ =>
        {
            posted.Enqueue(rehearses);
            return posted.Count <= rehearsals || all.TrySetResult();
        })
        {
            Rehearses = rehearses,
        };

        for (var number = 0; number < rehearsals; number++)
        {
            Ask(Call(rehearses: true), "is it secure", whole: true);
        }

        Ask(Call(rehearses: false), "how much does it cost", whole: true);
        await stage.StartAsync(cancelled);
        await all.Task.WaitAsync(cancelled);
        await stage.StopAsync(cancelled);

        // Each processor takes one at once.
        Assert.That(posted.TakeWhile(rehearses => rehearses).Count(), Is.LessThan(Environment.ProcessorCount));
    }

    // The stage is not started: texts wait until MatchNext.
    CallMatching Call() => new(new MatchingStage(() => ShippedPlaybook.Edition), Keep);

    bool Keep(CallInput input)
    {
        matched.Add((CardMatched)input);
        return true;
    }

    static void Ask(CallMatching call, string text, bool whole) => call.Ask(new MatchRequest(text, whole));
}
