using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Pipeline;

public sealed class ModelAnsweringTests
{
    [Test]
    public void The_card_is_there_at_once_and_the_models_words_follow_as_they_come()
    {
        var call = WithModel();
        var turn = call.Customer("That is too expensive for us.");
        Assert.That(call.Events.OfType<CardShown>().Single().CardId, Is.EqualTo("price"));
        Assert.That(call.Events.OfType<SuggestionStarted>(), Is.Empty);

        call.Model.Says("What would ");
        call.Model.Says("make it worth it?");
        call.Model.Ends();

        Assert.That(
            call.Events.OfType<SuggestionDelta>().Select(delta => (delta.Index, delta.Text)),
            Is.EqualTo([(0, "What would "), (1, "make it worth it?")]));
        var done = call.Events.OfType<SuggestionCompleted>().Single();
        Assert.That((done.Text, done.Source, done.CardId), Is.EqualTo(("What would make it worth it?", SuggestionSource.Model, "price")));
        Assert.That(
            call.Settled.Single(), Is.EqualTo(new TurnSettled(turn, TurnOutcome.Suggested, SettleReason.ByModel, done.SuggestionId)));
    }

    [Test]
    public void The_completed_suggestion_names_the_model_that_wrote_it()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says(new AnswerPart("Compared with ") { Model = "small" });
        call.Model.Says("what?");
        call.Model.Ends();
        Assert.That(call.Events.OfType<SuggestionCompleted>().Single().Model, Is.EqualTo("small"));
    }

    [Test]
    public void Thoughts_that_were_shown_are_taken_back_before_the_answer_is_shown()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says("I may go down to 15 percent.");
        call.Model.Says(new AnswerPart("", Replaces: true));
        Assert.That(call.Events.OfType<SuggestionWithdrawn>(), Has.One.Items);
        call.Model.Says("Compared with what?");
        call.Model.Ends();
        Assert.That(call.Events.OfType<SuggestionCompleted>().Single().Text, Is.EqualTo("Compared with what?"));
    }

    [Test]
    public void A_cut_sentence_leaves_with_the_end_and_figures_from_nowhere_are_marked_from_their_delta_on()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says(new AnswerPart("We can do $29. Absolutely, I") { UnsupportedFigures = ["$29"] });
        call.Model.Says(new AnswerPart("We can do $29.", Replaces: true));
        call.Model.Ends();
        var done = call.Events.OfType<SuggestionCompleted>().Single();
        Assert.That((done.Text, done.UnsupportedFigures), Is.EqualTo(("We can do $29.", new[] { "$29" })));
        Assert.That(call.Events.OfType<SuggestionDelta>().Single().UnsupportedFigures, Is.EqualTo(new[] { "$29" }));
        Assert.That(call.Events.OfType<SuggestionWithdrawn>(), Is.Empty);
    }

    [Test]
    public void A_newer_turn_withdraws_the_older_suggestion_and_closes_its_stream()
    {
        var call = WithModel();
        var first = call.Customer("That is too expensive for us.");
        call.Model.Says("What would ");
        var older = call.Model.Last;

        var second = call.Customer("And is our data secure?");

        Assert.That(older.Open, Is.False);
        Assert.That(call.Events.OfType<SuggestionWithdrawn>().Single().Reason, Is.EqualTo(WithdrawReason.NewerTurn));
        Assert.That(call.Model.Last.Prompt.Messages[^1].Text, Does.Contain("expensive").And.Contain("secure"));

        call.Model.Says("Yes.");
        call.Model.Ends();
        Assert.That(
            call.Settled.Select(settled => (settled.TurnId, settled.Outcome)),
            Is.EquivalentTo([(first, TurnOutcome.Merged), (second, TurnOutcome.Suggested)]));
    }

    [Test]
    public void Words_of_a_cancelled_stream_are_never_shown()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        var older = call.Model.Last;
        call.Customer("And is our data secure?");

        call.Give(new WordsWritten(older.Id, "stale"));
        call.Give(new WritingEnded(older.Id, null));

        Assert.That(call.Events.OfType<SuggestionDelta>(), Is.Empty);
        Assert.That(call.Settled, Is.Empty);
    }

    [Test]
    public void Nothing_was_open_nothing_is_withdrawn()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");

        call.Customer("And is our data secure?");

        Assert.That(call.Events.OfType<SuggestionWithdrawn>(), Is.Empty);
        Assert.That(call.Model.Streams, Has.Count.EqualTo(2));
    }

    [Test]
    public void After_two_cancellations_in_a_row_the_running_answer_finishes_and_the_new_text_waits()
    {
        var call = WithModel();
        call.Customer("Question one, what about the price?");
        call.Customer("Question two, what about the price?");
        call.Customer("Question three, what about the price?");
        var waits = call.Customer("Question four, what about the price?");
        Assert.That(call.Model.Streams, Has.Count.EqualTo(3));
        Assert.That(call.Model.Last.Open, Is.True);

        call.Model.Says("Answer.");
        call.Model.Ends();

        Assert.That(call.Events.OfType<SuggestionCompleted>().Count(), Is.EqualTo(1));
        Assert.That(call.Settled.Select(settled => settled.TurnId), Does.Not.Contain(waits));
        Assert.That(call.Model.Streams, Has.Count.EqualTo(4));
        Assert.That(call.Model.Last.Prompt.Messages[^1].Text, Does.Contain("Question four"));
    }

    [Test]
    public void An_answer_to_an_old_turn_is_not_cancelled()
    {
        var call = WithModel();
        call.Customer("Question one, what about the price?");
        call.Model.Says("Well, ");
        call.Wait(TimeSpan.FromSeconds(2.6));

        call.Customer("Question two, what about the price?");

        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
        Assert.That(call.Model.Last.Open, Is.True);
    }

    [Test]
    public void A_backchannel_or_the_rep_cancels_nothing()
    {
        var call = WithModel();
        call.Customer("Question one, what about the price?");

        call.Customer("Mm-hm.");
        call.Say(Speaker.Rep, "Let me think about that.");

        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
        Assert.That(call.Model.Last.Open, Is.True);
    }

    [Test]
    public void A_model_that_fails_before_its_first_word_leaves_the_playbooks_answer_and_says_so()
    {
        var call = WithModel();
        var turn = call.Customer("That is too expensive for us.");

        call.Model.Ends(ModelFailure.FirstTokenTimeout);

        Assert.That(call.Events.OfType<SuggestionCompleted>().Single().Source, Is.EqualTo(SuggestionSource.Playbook));
        Assert.That(call.Settled.Single(), Has.Property("TurnId").EqualTo(turn).And.Property("Reason").EqualTo(SettleReason.ByPlaybook));
        Assert.That(call.Events.OfType<StatusChanged>().Last().Status.Model, Is.EqualTo(ModelState.Unavailable));
    }

    [Test]
    public void A_model_that_fails_later_has_its_words_withdrawn()
    {
        var call = WithModel();
        call.Customer("Do you like the colour blue better than red?");
        call.Model.Says("Blue is ");

        call.Model.Ends(ModelFailure.Stalled);

        Assert.That(call.Events.OfType<SuggestionWithdrawn>().Single().Reason, Is.EqualTo(WithdrawReason.Failed));
        Assert.That(
            call.Settled.Single(),
            Has.Property("Outcome").EqualTo(TurnOutcome.Failed).And.Property("Reason").EqualTo(SettleReason.ModelFailed));
    }

    [Test]
    public void However_often_cancelled_the_oldest_turn_has_words_or_the_playbook_within_its_patience()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Wait(TimeSpan.FromSeconds(2));
        call.Customer("Really, what about the price?");

        call.Wait(TimeSpan.FromSeconds(1.2));

        Assert.That(call.Settled.Select(settled => settled.Outcome), Is.EquivalentTo([TurnOutcome.Merged, TurnOutcome.Suggested]));
        Assert.That(call.Model.Last.Open, Is.False);
    }

    [Test]
    public void Silence_beyond_the_customers_patience_speaks_against_the_model_however_often_it_was_asked_anew()
    {
        var call = WithModel();
        var turns = 0;
        while (call.Model.Streams.Count(stream => stream.GivenUp) < new ModelOptions().BreakerMinimumRequests)
        {
            call.Customer($"Question {++turns}, what about the price?");
            call.Wait(TimeSpan.FromSeconds(1.5));
        }

        Assert.That(
            turns,
            Is.LessThanOrEqualTo(12),
            "by then the breaker opens, in a call that is alone and whose customer never waits for a whole answer");
        Assert.That(call.Model.Streams.TrueForAll(stream => !stream.Open), Is.True);
    }

    [Test]
    public void Neither_a_newer_turn_nor_an_answer_that_began_speaks_against_the_model()
    {
        var call = WithModel();
        for (var i = 1; i <= 40; i++)
        {
            call.Customer($"Question {i}, what about the price?");
            call.Wait(TimeSpan.FromSeconds(0.25));
            if (i % 4 == 0)
            {
                call.Model.Says("Well, ");
                call.Wait(TimeSpan.FromSeconds(i % 8));
            }
        }

        Assert.That(call.Model.Streams.Exists(stream => stream.GivenUp), Is.False);
    }

    [Test]
    public void When_the_model_answers_again_the_status_says_so()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Ends(ModelFailure.ServerError);

        call.Customer("And is our data secure?");
        call.Model.Says("Yes, it is.");

        Assert.That(call.Events.OfType<StatusChanged>().Last().Status.Model, Is.EqualTo(ModelState.Ready));
    }

    [TestCase(ModelState.Off)]
    [TestCase(ModelState.Unavailable)]
    public void While_no_model_answers_the_playbook_does(ModelState state)
    {
        var call = new PipelineRun(configure: model => model.State = state);

        call.Customer("That is too expensive for us.");

        Assert.That(call.Model.Streams, Is.Empty);
        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.ByPlaybook));
    }

    [Test]
    public void A_model_with_nothing_to_say_shows_nothing()
    {
        var call = WithModel();
        call.Customer("My brother lives in Lisbon these days, you know.");

        call.Model.Says("PA");
        call.Model.Says("SS");
        call.Model.Ends();

        Assert.That(call.Events.OfType<SuggestionStarted>(), Is.Empty);
        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.NothingToSay));
    }

    [Test]
    public void Words_that_only_began_like_nothing_are_shown_whole()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");

        call.Model.Says("Pass");
        call.Model.Says("ing that on to finance helps.");
        call.Model.Ends();

        Assert.That(call.Events.OfType<SuggestionCompleted>().Single().Text, Is.EqualTo("Passing that on to finance helps."));
    }

    [Test]
    public void A_call_beyond_the_pending_ones_is_told_that_it_is_busy_and_served_when_there_is_room()
    {
        var call = WithModel(slots: 1);
        var others = Enumerable.Range(0, 4).Select(i => call.Model.Gate.Ask($"other {i}", _ => { })).ToList();

        call.Customer("That is too expensive for us.");
        Assert.That(call.Events.OfType<CardShown>().Count(), Is.EqualTo(1));
        Assert.That(call.Events.OfType<StatusChanged>().Last().Status.Busy, Is.True);

        others.ForEach(call.Model.Gate.Release);
        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
        Assert.That(call.Events.OfType<StatusChanged>().Last().Status, Has.Property("Busy").False.And.Property("Thinking").True);
    }

    [Test]
    public void A_call_that_was_held_gives_the_model_its_whole_time()
    {
        var call = WithModel(slots: 1);
        var others = Enumerable.Range(0, 4).Select(i => call.Model.Gate.Ask($"other {i}", _ => { })).ToList();
        call.Customer("That is too expensive for us.");
        call.Wait(TimeSpan.FromSeconds(5));

        others.ForEach(call.Model.Gate.Release);
        call.Wait(TimeSpan.FromSeconds(1));
        call.Model.Says("What would make it worth it?");
        call.Model.Ends();

        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.ByModel));
    }

    [Test]
    public void What_is_held_for_eight_seconds_expires_and_the_card_stays()
    {
        var call = WithModel(slots: 1);
        for (var i = 0; i < 4; i++)
        {
            call.Model.Gate.Ask($"other {i}", _ => { });
        }

        call.Customer("That is too expensive for us.");
        call.Time.Advance(TimeSpan.FromSeconds(8));

        Assert.That(
            call.Settled.Single(), Has.Property("Outcome").EqualTo(TurnOutcome.Expired).And.Property("Reason").EqualTo(SettleReason.Held));
        call.Give(new ClientAttached("connection-2"));
        Assert.That(call.Events.OfType<Restored>().Single().Card?.CardId, Is.EqualTo("price"));
    }

    [Test]
    public void A_stream_nobody_reads_is_closed_and_its_turn_answered_when_somebody_is_back_in_time()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says("What ");
        call.Give(new ClientDetached(PipelineRun.Connection));

        call.Wait(TimeSpan.FromSeconds(2.4));
        Assert.That(call.Model.Last.Open, Is.True);
        call.Wait(TimeSpan.FromSeconds(0.2));
        Assert.That(call.Model.Last.Open, Is.False);

        call.Give(new ClientAttached("connection-2"));
        Assert.That(call.Model.Streams, Has.Count.EqualTo(2));
        Assert.That(call.Model.Last.Open, Is.True);
    }

    [Test]
    public void A_reader_back_late_gives_the_model_its_time_anew()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says("What would ");
        call.Give(new ClientDetached(PipelineRun.Connection));
        call.Wait(TimeSpan.FromSeconds(5));

        call.Give(new ClientAttached("connection-2"));
        call.Wait(TimeSpan.FromSeconds(1));
        call.Model.Says("Worth it?");
        call.Model.Ends();

        Assert.That(call.Events.OfType<SuggestionCompleted>().Single(), Has.Property("Source").EqualTo(SuggestionSource.Model));
        Assert.That(call.Events.OfType<StatusChanged>().Select(changed => changed.Status.Model), Has.None.EqualTo(ModelState.Unavailable));
    }

    [Test]
    public void Swapping_speakers_gives_the_model_its_time_anew()
    {
        var call = WithModel();
        call.Say(Speaker.Rep, "That is too expensive for us.");
        call.Wait(TimeSpan.FromSeconds(5));

        call.Give(new SpeakersSwapped(Swapped: true));
        call.Wait(TimeSpan.FromSeconds(1));
        call.Model.Says("Worth it?");
        call.Model.Ends();

        Assert.That(call.Events.OfType<SuggestionCompleted>().Single(), Has.Property("Source").EqualTo(SuggestionSource.Model));
    }

    [Test]
    public void A_reader_back_within_the_grace_finds_the_suggestion_as_it_grew()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says("What would ");
        call.Give(new ClientDetached(PipelineRun.Connection));
        call.Model.Says("make it ");

        call.Give(new ClientAttached("connection-2"));
        call.Model.Says("worth it?");

        var open = call.Events.OfType<Restored>().Single().Suggestion!;
        Assert.That((open.Text, open.NextIndex), Is.EqualTo(("What would make it ", 2)));
        Assert.That(call.Events.OfType<SuggestionDelta>().Last(), Has.Property("Index").EqualTo(2));
    }

    [Test]
    public void Dismissing_an_open_suggestion_closes_its_stream()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says("What would ");
        var id = call.Events.OfType<SuggestionStarted>().Single().SuggestionId;

        call.Give(new FeedbackGiven(new(id, FeedbackKind.Dismissed)));

        Assert.That(call.Model.Last.Open, Is.False);
        Assert.That(call.Events.OfType<SuggestionWithdrawn>().Single().Reason, Is.EqualTo(WithdrawReason.Dismissed));
        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.Dismissed));
    }

    [Test]
    public void The_spans_of_a_suggestion_sum_to_its_whole_time()
    {
        var call = WithModel(slots: 1);
        var other = call.Model.Gate.Ask("other", _ => { });
        call.Customer("So that is", endOfTurn: false);
        call.Wait(TimeSpan.FromMilliseconds(100));
        call.Customer("too expensive for us.");
        call.Time.Advance(TimeSpan.FromMilliseconds(700));
        call.Model.Gate.Release(other);
        call.Time.Advance(TimeSpan.FromMilliseconds(300));

        call.Model.Says("What would make it worth it?");
        call.Time.Advance(TimeSpan.FromMilliseconds(50));
        call.Model.Ends();

        var latency = call.Events.OfType<SuggestionCompleted>().Single().Latency;
        Assert.That((latency.HeldMs, latency.FirstTokenMs, latency.ServerMs), Is.EqualTo((700, 300, 1000)));
    }

    [Test]
    public void What_was_suggested_is_told_to_the_model()
    {
        var call = WithModel();
        call.Customer("That is too expensive for us.");
        call.Model.Says("What would make it worth it?");
        call.Model.Ends();

        call.Customer("And is our data secure?");

        Assert.That(call.Model.Last.Prompt.Messages[^1].Text, Does.Contain("What would make it worth it?"));
    }

    [Test]
    public void Old_talk_is_summed_up_between_turns_and_the_summary_is_kept()
    {
        var call = WithModel();
        for (var i = 0; i < 24; i++)
        {
            call.Say(Speaker.Rep, $"Point {i} of the plan is about the way your teams work together today.");
            call.Wait(TimeSpan.FromSeconds(10));
        }

        Assert.That(call.Model.Summaries, Has.Count.EqualTo(1));
        call.Give(new SummaryEnded("They talked about teamwork.", Failed: false));

        Assert.That(call.Kept.OfType<SummaryMade>().Single().Text, Is.EqualTo("They talked about teamwork."));
        call.Customer("That is too expensive for us.");
        Assert.That(call.Model.Last.Prompt.Messages[^1].Text, Does.Contain("They talked about teamwork."));
    }

    static PipelineRun WithModel(int slots = 8)
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Model.Gate = FakeModel.NewGate(call.Time, slots);
        return call;
    }
}
