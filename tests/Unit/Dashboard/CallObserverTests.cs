using System.Text.Json;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Dashboard;

public sealed class CallObserverTests
{
    static readonly SuggestionLatency Latency = new(
        TurnMs: 40, BusMs: 0, CoalesceMs: 0, HeldMs: 0, ContextMs: 10, FirstTokenMs: 300, SinceOldestMs: 350);

    readonly ManualTimeProvider time = new();
    readonly List<CallSightings> told = [];
    WorkerLedger ledger = null!;
    CallObserver call = null!;

    [SetUp]
    public void Begin()
    {
        told.Clear();
        ledger = new WorkerLedger(time) { WorkerId = "w" };
        call = new CallObserver("c", epoch: 1, new RecordedOutput(), ledger, time) { Watchers = new CallWatchers(new RecordedBus(told), time), Cards = Titled() };
        call.Begin(Stored());
    }

    [Test]
    public void An_answer_counts_once_with_the_parts_of_gateway_and_client()
    {
        Answer("t", SuggestionSource.Model);
        call.Record(new AnswerSeen("s-t", BusMs: 20, NetworkMs: 30, RenderMs: null));
        call.Record(new AnswerSeen("s-t", BusMs: null, NetworkMs: null, RenderMs: 10));
        call.Record(new AnswerSeen("s-t", BusMs: null, NetworkMs: null, RenderMs: 99));
        call.Settle();

        var tally = Tally();
        Assert.That(tally.Answered, Is.EqualTo(new TurnShares(1, 0, 0)));
        Assert.That(tally.FirstWords.Count, Is.EqualTo(1));
        Assert.That(tally.FirstWords.PercentileMs(50), Is.EqualTo(410).Within(1).Percent);
        Assert.That(tally.Stages(), Is.EqualTo(new StageMeans(40, 20, 0, 0, 10, 300, 30, 10)));
    }

    [Test]
    public void An_answer_whose_client_says_nothing_counts_a_moment_later_all_the_same()
    {
        Answer("t", SuggestionSource.Model);
        call.Settle();
        Assert.That(Tally().FirstWords.Count, Is.Zero);

        time.Advance(CallObserver.ClientWithin);
        call.Settle();

        Assert.That(Tally().FirstWords.PercentileMs(50), Is.EqualTo(350).Within(1).Percent);
    }

    [Test]
    public void The_last_answer_of_a_call_counts_although_its_client_has_gone()
    {
        Answer("t", SuggestionSource.Model);
        call.End();

        Assert.That(Tally().FirstWords.Count, Is.EqualTo(1));
    }

    [Test]
    public void The_playbook_never_makes_the_model_look_fast()
    {
        Answer("t", SuggestionSource.Playbook);
        time.Advance(CallObserver.ClientWithin);
        call.Settle();

        Assert.That(Tally().Answered, Is.EqualTo(new TurnShares(0, 1, 0)));
        Assert.That(Tally().FirstWords.Count, Is.Zero);
    }

    [Test]
    public void A_turn_that_nobody_answered_counts_at_its_age_however_quickly_it_was_refused()
    {
        Say("a");
        call.Emit(new TurnSettled("a", TurnOutcome.Abstained, SettleReason.NoCard, null));
        Say("b");
        time.Advance(TimeSpan.FromSeconds(14));
        call.Emit(new TurnSettled("b", TurnOutcome.Expired, SettleReason.Held, null));

        var whole = new DashboardTally();
        ledger.Slots(everything: true).Slots.ToList().ForEach(slot => whole.Add(slot.Tally));
        Assert.That(whole.Answered, Is.EqualTo(new TurnShares(0, 0, 2)));
        Assert.That(whole.FirstWords.PercentileMs(1), Is.EqualTo(10_000).Within(1).Percent);
        Assert.That(whole.FirstWords.PercentileMs(99), Is.EqualTo(14_000).Within(1).Percent);
        Assert.That(
            whole.Unanswered, Is.EquivalentTo(new Dictionary<string, long>(StringComparer.Ordinal) { ["noCard"] = 1, ["held"] = 1 }));
        Assert.That(whole.Levels.Expired, Is.EqualTo(1));
    }

    [Test]
    public void A_sign_of_listening_counts_nowhere()
    {
        Say("t");
        call.Emit(new TurnSettled("t", TurnOutcome.Abstained, SettleReason.Backchannel, null));

        Assert.That(Tally().Answered, Is.EqualTo(new TurnShares(0, 0, 0)));
        Assert.That(call.Facts.View.WaitingSinceMs, Is.Null);
    }

    [Test]
    public void A_call_tells_since_when_its_customer_waits()
    {
        var asked = time.GetUtcNow().ToUnixTimeMilliseconds();
        Say("t");
        time.Advance(TimeSpan.FromSeconds(3));
        Say("u");

        Assert.That(call.Facts.View.WaitingSinceMs, Is.EqualTo(asked));
        Answer("t", SuggestionSource.Model);
        Assert.That(call.Facts.View.WaitingSinceMs, Is.EqualTo(asked + 3000));
    }

    [Test]
    public void What_a_call_asks_of_models_counts_for_the_call_and_for_its_worker()
    {
        call.Spend(new TokenUse(100, 20, 100, 20));
        call.Replace();
        call.Spend(new TokenUse(100, 30, 0, 0));

        Assert.That(call.Facts.View.Tokens, Is.EqualTo(new TokenUse(200, 50, 100, 20)));
        Assert.That(Tally().Tokens, Is.EqualTo(new TokenUse(200, 50, 100, 20)));
        Assert.That(Tally().Levels.Replaced, Is.EqualTo(1));
    }

    [Test]
    public void What_answering_ahead_hid_and_cost_counts_against_the_tokens_that_were_shown()
    {
        call.Adopt(TimeSpan.FromMilliseconds(300));
        call.Discard(tokens: 12);
        Answer("t", SuggestionSource.Model);
        Answer("u", SuggestionSource.Playbook);

        Assert.That(
            Tally().Ahead, Is.EqualTo(
                new AheadCounts(Attempts: 2, Adopted: 1, DiscardedTokens: 12, ShownTokens: TokenEstimate.Of("Text"))));
        Assert.That(Tally().Hidden.PercentileMs(50), Is.EqualTo(300).Within(1).Percent);
    }

    [Test]
    public void A_suggestion_is_kept_with_the_tokens_that_the_call_has_cost_until_then()
    {
        var output = new RecordedOutput();
        call = new CallObserver("c", epoch: 1, output, ledger, time);
        call.Begin(Stored());
        call.Spend(new TokenUse(100, 20, 0, 0));
        call.Keep(Finished("s-1", "price", atMs: 1000));

        Assert.That(
            output.Kept,
            Is.EqualTo(new[] { Finished("s-1", "price", atMs: 1000) with { Tokens = new TokenUse(100, 20, 0, 0) } })
                .Using<CallInput>(Same));
    }

    [Test]
    public void What_is_not_sent_is_passed_on_but_not_recorded()
    {
        var output = new RecordedOutput();
        call = new CallObserver("c", epoch: 1, output, ledger, time) { MaySend = () => false };
        call.Begin(Stored());
        Answer("t", SuggestionSource.Model);

        Assert.That((output.Emitted.Count, call.Records.Count), Is.EqualTo((5, 0)));
    }

    [Test]
    public void Who_spoke_how_long_is_what_the_report_says_afterwards_swapped_or_not()
    {
        call.Emit(new TranscriptUpdated("r", Speaker.Rep, "Shall we look at it?", Final: true, EndOfTurn: false, StartMs: 0, EndMs: 4000));
        call.Emit(new TranscriptUpdated("r", Speaker.Rep, "Shall we look at it?", Final: true, EndOfTurn: true, StartMs: 0, EndMs: 4000));
        call.Emit(
            new TranscriptUpdated(
                "c", Speaker.Customer, "Yes, it is more than we expected.", Final: true, EndOfTurn: true, StartMs: 4500, EndMs: 6500));
        Assert.That(Talk(), Is.EqualTo((4000, 2000, 4000, Speaker.Rep)), "words that came twice were spoken once");

        call.Record(new SpeakersSwapped(Swapped: true, AtMs: 7000));

        Assert.That(Talk(), Is.EqualTo((2000, 4000, 4000, Speaker.Customer)));
        call.Record(new SpeakersSwapped(Swapped: false, AtMs: 6900));
        Assert.That(Talk(), Is.EqualTo((2000, 4000, 4000, Speaker.Customer)), "the latest swap counts, not the last to arrive");
    }

    [Test]
    public void A_call_that_changed_hands_goes_on_with_what_the_store_has_of_it()
    {
        var finished = new FinishedSuggestionView("s-1", "Text", SuggestionSource.Model, null, null, Latency);
        call.Begin(Stored(
            new SegmentHeard(
                new TranscriptSegment("r", Speaker.Rep, "Shall we look at the quote together?", Final: true, StartMs: 0, EndMs: 4000)),
            new SegmentHeard(
                new TranscriptSegment("c", Speaker.Customer, "Yes, it is more than we expected.", Final: true, StartMs: 4500, EndMs: 6500)),
            new SuggestionFinished(finished, ["c"], new TokenUse(100, 10, 0, 0)),
            new FeedbackGiven(new SuggestionFeedback("s-1", FeedbackKind.Used))));

        var view = call.Facts.View;
        Assert.That(Talk(), Is.EqualTo((4000, 2000, 4000, Speaker.Rep)));
        Assert.That((view.Shown, view.Used, view.LastLatencyMs), Is.EqualTo((1, 1, 350)));
        Assert.That(view.Tokens, Is.EqualTo(new TokenUse(100, 10, 0, 0)));
    }

    [Test]
    public void Who_watches_is_told_every_record_and_its_amendment_until_they_stop_asking()
    {
        call.Watchers!.Add(
            new WatchAsked("watch", Snapshot: false), records: 0, () => throw new AssertionException("no snapshot was asked for"));
        Answer("t", SuggestionSource.Model);
        call.Record(new AnswerSeen("s-t", 1, 2, 3));
        time.Advance(DashboardWatch.Lapse + TimeSpan.FromSeconds(1));
        Answer("u", SuggestionSource.Model);

        Assert.That(
            told.SelectMany(sightings => sightings.Records).Select(record => (record.RecordId, record.NetworkMs)),
            Is.EqualTo([("s-t", null), ("s-t", (double?)2)]));
    }

    [Test]
    public void Every_record_and_its_amendment_raises_the_revision_by_one_so_that_a_watcher_knows_what_it_lacks()
    {
        call.Watchers!.Add(new WatchAsked("watch", Snapshot: false), records: 0, () => throw new AssertionException("nothing is missing"));
        Answer("t", SuggestionSource.Model);
        call.Record(new AnswerSeen("s-t", 1, 2, 3));
        call.Record(new AnswerSeen("s-t", 1, 2, 3));
        Answer("u", SuggestionSource.Model);
        Assert.That(told.Select(sightings => sightings.Revision), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(call.RecordsRevision, Is.EqualTo(3));

        var asked = new WatchAsked("watch", Snapshot: false, Records: 1);
        call.Watchers.Add(asked, call.RecordsRevision, () => new CallSightings(null, call.Records, 3));
        Assert.That(told[^1].Records, Is.EqualTo(call.Records), "what was lost on its way is told again");
    }

    [Test]
    public void A_record_names_the_model_that_wrote_the_suggestion()
    {
        Answer("t-1", SuggestionSource.Model);
        Answer("t-2", SuggestionSource.Playbook);
        Assert.That(call.Records.Select(record => record.Model), Is.EqualTo(new[] { "small", null }));
    }

    [Test]
    public void A_suggestion_that_a_former_owner_finished_has_its_record_at_the_next()
    {
        call.Begin(Stored(Finished("s-1", "price", atMs: 1000)));
        call.Begin(Stored(Finished("s-1", "price", atMs: 1000)));

        var record = call.Records.Single();
        Assert.That(
            (record.RecordId, record.TurnId, record.Outcome, record.Reason),
            Is.EqualTo(("s-1", "t", TurnOutcome.Suggested, SettleReason.ByModel)));
        Assert.That((record.Latency, record.FirstWordsMs), Is.EqualTo((Latency, (double?)Latency.ServerMs)));
    }

    [Test]
    public void A_customer_waits_for_first_words_and_again_when_they_are_taken_back()
    {
        var asked = time.GetUtcNow().ToUnixTimeMilliseconds();
        Say("t");
        call.Emit(new SuggestionStarted("s", ["t"], SuggestionSource.Model, null));
        Assert.That(call.Facts.View.WaitingSinceMs, Is.EqualTo(asked));

        call.Emit(new SuggestionDelta("s", 0, "Half"));
        Assert.That(call.Facts.View.WaitingSinceMs, Is.Null);

        call.Emit(new SuggestionWithdrawn("s", WithdrawReason.NewerTurn));
        Assert.That(call.Facts.View.WaitingSinceMs, Is.EqualTo(asked));
    }

    [Test]
    public void Words_that_were_shown_ahead_of_the_end_of_a_turn_answer_it_once_it_is_confirmed()
    {
        call.Emit(new SuggestionStarted("s", ["partial"], SuggestionSource.Model, null, Tentative: true));
        call.Emit(new SuggestionDelta("s", 0, "Half"));
        Say("t");
        Assert.That(call.Facts.View.WaitingSinceMs, Is.Not.Null);

        call.Emit(new SuggestionConfirmed("s", ["t"]));

        Assert.That(call.Facts.View.WaitingSinceMs, Is.Null);
    }

    [Test]
    public void A_suggestion_taken_back_keeps_its_record()
    {
        Say("t");
        time.Advance(TimeSpan.FromMilliseconds(400));
        call.Emit(new SuggestionStarted("s", ["t"], SuggestionSource.Model, null));
        call.Emit(new SuggestionDelta("s", 0, "Half"));
        call.Emit(new SuggestionWithdrawn("s", WithdrawReason.NewerTurn));

        var record = call.Records.Single();
        Assert.That(
            (record.Withdrawn, record.FirstWordsMs, record.Outcome), Is.EqualTo((WithdrawReason.NewerTurn, 400, (TurnOutcome?)null)));
        Assert.That(Tally().Withdrawn, Is.EqualTo(1));
    }

    [Test]
    public void What_became_of_a_card_counts_once_and_in_the_moment_in_which_its_suggestion_was_shown()
    {
        call.Emit(new CardShown("price", "t", "Ben's price", "Text", null, null, "v1"));
        call.Keep(Finished("s-1", "price", atMs: 1000));
        time.Advance(TimeSpan.FromSeconds(30));
        for (var twice = 0; twice < 2; twice++)
        {
            call.Keep(new SayingHeard("s-1", 31_000));
            call.Record(new FeedbackGiven(new SuggestionFeedback("s-1", FeedbackKind.Used)));
            call.Record(new FeedbackGiven(new SuggestionFeedback("s-1", FeedbackKind.Pinned)));
        }

        var slots = ledger.Slots(everything: true).Slots;
        Assert.That(
            slots.Single().Cards, Is.EqualTo(new[] { new CardUse("price", "The price", 1, 1, 1, 1, 0, 1) }), "with no customer's name");
        call.Record(new FeedbackGiven(new SuggestionFeedback("s-1", FeedbackKind.Unpinned)));
        Assert.That(ledger.Slots(everything: false).Slots.Single().Cards!.Single().Pinned, Is.Zero);
    }

    [Test]
    public void What_a_former_owner_counted_is_not_counted_again_and_what_happened_during_a_rebuild_is()
    {
        var finished = Finished("s-1", "price", atMs: 1000);
        call.Begin(Stored(finished));
        Assert.That(
            Cards(),
            Is.EqualTo(new[] { new CardUse("price", "The price", 0, 1, 0, 0, 0, 0) }),
            "the call is rebuilt: the suggestion is news");

        call.Begin(Stored(finished, new SayingHeard("s-1", 2000)));
        call.Begin(Stored(finished, new SayingHeard("s-1", 2000)));
        Assert.That(Cards(), Is.EqualTo(new[] { new CardUse("price", "The price", 0, 1, 1, 0, 0, 0) }));

        var heir = new CallObserver("c", epoch: 2, new RecordedOutput(), ledger, time) { Cards = Titled() };
        heir.Begin(Stored(finished, new SayingHeard("s-1", 2000)));
        heir.Record(new FeedbackGiven(new SuggestionFeedback("s-1", FeedbackKind.Dismissed)));
        Assert.That(Cards(), Is.EqualTo(new[] { new CardUse("price", "The price", 0, 1, 1, 0, 1, 0) }));
    }

    IReadOnlyList<CardUse> Cards() =>
        [
            .. ledger.Slots(everything: true).Slots.SelectMany(slot => slot.Cards ?? [])
                .GroupBy(card => card.CardId, StringComparer.Ordinal).Select(card => card.Aggregate((sum, more) => sum.Plus(more))),
        ];

    static SuggestionFinished Finished(string suggestionId, string cardId, long atMs) =>
        new(new FinishedSuggestionView(suggestionId, "Text", SuggestionSource.Model, cardId, null, Latency), ["t"], AtMs: atMs);

    void Say(string turnId) =>
        call.Emit(new TranscriptUpdated(turnId, Speaker.Customer, "How much is it?", Final: true, EndOfTurn: true, 0, 1000));

    void Answer(string turnId, SuggestionSource source)
    {
        var suggestionId = $"s-{turnId}";
        Say(turnId);
        call.Emit(new SuggestionStarted(suggestionId, [turnId], source, null));
        call.Emit(new SuggestionDelta(suggestionId, 0, "Text"));
        call.Emit(new SuggestionCompleted(suggestionId, "Text", source, null, "v1", Latency)
        {
            Model = source == SuggestionSource.Model ? "small" : null,
        });
        call.Emit(
            new TurnSettled(
                turnId,
                TurnOutcome.Suggested,
                source == SuggestionSource.Model ? SettleReason.ByModel : SettleReason.ByPlaybook,
                suggestionId));
    }

    (long RepMs, long CustomerMs, long MonologueMs, Speaker? By) Talk()
    {
        var view = call.Facts.View;
        return (view.RepTalkMs, view.CustomerTalkMs, view.MonologueMs, view.MonologueBy);
    }

    [Test]
    public void A_rehearsal_is_shown_as_one_and_counts_into_no_latency_turn_or_card_of_the_team()
    {
        var stored = Stored();
        call.Begin(stored with { Record = stored.Record with { Rehearsal = new RehearsalRequest("finance-director") } });
        Answer("t", SuggestionSource.Model);
        call.Record(new AnswerSeen("s-t", BusMs: 20, NetworkMs: 30, RenderMs: 10));
        call.Emit(new CardShown("price", "t", "The price", "What?", null, null, "v"));
        call.Settle();
        Assert.Multiple(() =>
        {
            Assert.That(JsonSerializer.Serialize(Tally()), Is.EqualTo(JsonSerializer.Serialize(new DashboardTally())));
            Assert.That(ledger.Slots(everything: true).Slots.Where(slot => slot.Cards is not null), Is.Empty);
            Assert.That(call.Facts.View.RehearsesWith, Is.EqualTo("finance-director"));
        });
        call.Spend(new TokenUse(100, 20, 0, 0));
        Assert.That(JsonSerializer.Serialize(Tally()), Is.Not.EqualTo(JsonSerializer.Serialize(new DashboardTally())), "tokens are spent");
    }

    DashboardTally Tally()
    {
        var whole = new DashboardTally();
        ledger.Slots(everything: true).Slots.ToList().ForEach(slot => whole.Add(slot.Tally));
        return whole;
    }

    CardCounts Titled() => new(ledger) { TitleOf = _ => "The price" };

    static bool Same(CallInput a, CallInput b) =>
        JsonSerializer.Serialize(a, BusJson.Default.CallInput) == JsonSerializer.Serialize(b, BusJson.Default.CallInput);

    StoredCall Stored(params CallInput[] entries) =>
        new(new CallRecord("c", "hash", null, time.GetUtcNow(), new CallBrief("Ana", "Ben"), null), Ownership: null, entries);
}
