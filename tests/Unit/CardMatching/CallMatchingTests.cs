using System.Collections.Concurrent;
using Teleprompter.Bus;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.Tests.Unit.Clock;
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
        var call = new CallMatching(new MatchingStage(() => ShippedPlaybook.ByWords, new ManualTimeProvider()), Keep);
        Ask(call, "how much does it cost", whole: true);
        Assert.That(matched.Single().PlaybookVersion, Does.EndWith("-words"));
    }

    [Test, CancelAfter(30_000)]
    public async Task The_stage_matches_the_texts_of_all_calls(CancellationToken cancelled)
    {
        using var stage = new MatchingStage(() => ShippedPlaybook.Edition, new ManualTimeProvider());
        await stage.StartAsync(cancelled);
        var found = new TaskCompletionSource<CardMatched>();
        var call = new CallMatching(stage, input => found.TrySetResult((CardMatched)input));
        call.Ask(new MatchRequest("our infosec folks are gonna want to see your soc two", whole: true));
        Assert.That((await found.Task.WaitAsync(cancelled)).Best!.Card.Id, Is.EqualTo("security-compliance"));
        await stage.StopAsync(cancelled);
    }

    [Test]
    public void A_call_holds_one_place_in_the_line_and_leaves_it_when_a_turn_ends()
    {
        var call = Call();
        Ask(call, "how much does", whole: false);
        Ask(call, "how much does it", whole: false);
        Assert.That(call.Holds(1) && !call.Holds(2), Is.True, "more words take no other place");
        Ask(call, "how much does it cost", whole: true);
        Ask(call, "is it secure", whole: true);
        Assert.That(!call.Holds(1) && call.Holds(2) && !call.Holds(3), Is.True, "the turn takes a better one");
        call.MatchNext();
        Assert.That(!call.Holds(2) && call.Holds(3), Is.True, "what still waits stands in the line again");
        call.MatchNext();
        Assert.That(call.Holds(3) || call.Holds(4), Is.False, "nothing waits");
    }

    [Test]
    public void A_turn_that_has_waited_in_a_long_line_is_matched_by_words_alone()
    {
        var time = new ManualTimeProvider();
        var call = new CallMatching(new MatchingStage(() => ShippedPlaybook.Edition, time), Keep);
        Ask(call, "how much does it cost", whole: true);
        time.Advance(CallMatching.Patience);
        call.MatchNext();
        Ask(call, "is it secure", whole: true);
        time.Advance(CallMatching.Patience + TimeSpan.FromMilliseconds(1));
        call.MatchNext();

        Assert.That(matched.Select(match => match.PlaybookVersion), Is.EqualTo(new[]
        {
            ShippedPlaybook.Edition.Version, ShippedPlaybook.ByWords.Version,
        }));
        Assert.That(matched[1].Best!.Card.Id, Is.EqualTo("security-compliance"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Ended_turns_of_live_calls_are_matched_before_their_other_words_and_rehearsals_last(CancellationToken cancelled)
    {
        var others = 4 * Environment.ProcessorCount;
        using var stage = new MatchingStage(() => ShippedPlaybook.Edition, new ManualTimeProvider());
        var posted = new ConcurrentQueue<string>();
        var all = new TaskCompletionSource();
        CallMatching Call(string kind, bool rehearses = false) => new(stage, input =>
        {
            posted.Enqueue(((CardMatched)input).Request.Whole ? $"{kind} turn" : kind);
            return posted.Count <= 2 * others || all.TrySetResult();
        })
        {
            Rehearses = rehearses,
        };

        for (var number = 0; number < others; number++)
        {
            Ask(Call("rehearsal", rehearses: true), "is it secure", whole: true);
        }

        var calls = Enumerable.Range(0, others).Select(_ => Call("live")).ToList();
        calls.ForEach(call => Ask(call, "how much does it", whole: false));
        Ask(calls[^1], "how much does it cost", whole: true);
        Ask(calls[^1], "and for how", whole: false);
        await stage.StartAsync(cancelled);
        await all.Task.WaitAsync(cancelled);
        await stage.StopAsync(cancelled);

        // Each processor takes one at once.
        Assert.Multiple(() =>
        {
            Assert.That(posted.TakeWhile(kind => kind != "live turn").Count(), Is.LessThan(Environment.ProcessorCount));
            Assert.That(
                posted.TakeWhile(kind => kind != "rehearsal turn").Count(), Is.GreaterThan(others - Environment.ProcessorCount));
        });
    }

    // The stage is not started: texts wait until MatchNext.
    CallMatching Call() => new(new MatchingStage(() => ShippedPlaybook.Edition, new ManualTimeProvider()), Keep);

    bool Keep(CallInput input)
    {
        matched.Add((CardMatched)input);
        return true;
    }

    static void Ask(CallMatching call, string text, bool whole) => call.Ask(new MatchRequest(text, whole));
}
