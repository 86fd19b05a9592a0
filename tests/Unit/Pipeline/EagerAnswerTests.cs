using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Pipeline;

public sealed class EagerAnswerTests
{
    const string Said = "How do you keep our data safe over there";

    [Test]
    public void The_model_is_asked_before_the_last_word_and_its_words_appear_the_moment_the_turn_is_confirmed()
    {
        var call = Speaking();
        call.Wait(TimeSpan.FromMilliseconds(400));
        call.Model.Says("Encrypted, ");
        Assert.That(call.Events.OfType<SuggestionStarted>(), Is.Empty, "nothing unconfirmed is shown as firm");

        var turn = call.Customer(Said + " today?");

        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
        Assert.That(
            call.Events.OfType<SuggestionStarted>().Single(),
            Has.Property("Tentative").False.And.Property("TurnIds").EqualTo(new[] { turn }));
        Assert.That(call.Events.OfType<SuggestionDelta>().Single().Text, Is.EqualTo("Encrypted, "));

        call.Model.Says("always.");
        call.Model.Ends();
        var done = call.Events.OfType<SuggestionCompleted>().Single();
        Assert.That(done.Text, Is.EqualTo("Encrypted, always."));
        Assert.That(
            call.Settled.Single(), Is.EqualTo(new TurnSettled(turn, TurnOutcome.Suggested, SettleReason.ByModel, done.SuggestionId)));
    }

    [Test]
    public void What_the_model_did_before_the_turn_was_confirmed_is_told_as_hidden_and_the_parts_sum_to_the_wait()
    {
        var call = Speaking();
        call.Wait(TimeSpan.FromMilliseconds(300));
        call.Customer(Said + " today?");
        call.Wait(TimeSpan.FromMilliseconds(100));
        call.Model.Says("Encrypted.");
        call.Model.Ends();

        var latency = call.Events.OfType<SuggestionCompleted>().Single().Latency;
        Assert.That((latency.HiddenMs, latency.ServerMs), Is.EqualTo((300, 100)));
        Assert.That(call.Model.Recorded.Hidden, Is.EqualTo(new[] { TimeSpan.FromMilliseconds(300) }));
        Assert.That(call.Model.Recorded.Discarded, Is.Empty);
    }

    [Test]
    public void An_answer_that_was_whole_before_the_turn_ended_is_shown_whole()
    {
        var call = Speaking();
        call.Model.Says("Encrypted.");
        call.Model.Ends();

        call.Customer(Said + "?");

        Assert.That(call.Events.OfType<SuggestionCompleted>().Single().Text, Is.EqualTo("Encrypted."));
    }

    [Test]
    public void A_customer_who_says_something_else_voids_the_attempt_and_its_stream_is_closed()
    {
        var call = Speaking();
        var attempt = call.Model.Last;
        call.Model.Says("Encrypted, ");

        call.Customer(Said + " and what happens to it after 2 years?");

        Assert.That(attempt.Open, Is.False);
        Assert.That(call.Model.Streams, Has.Count.EqualTo(2));
        Assert.That(call.Model.Last.Prompt.Messages[^1].Text, Does.Contain("2 years"));
        Assert.That(call.Model.Recorded.Discarded, Is.EqualTo(new[] { TokenEstimate.Of("Encrypted, ") }));
        Assert.That(call.Model.Recorded.Hidden, Is.Empty);
    }

    [Test]
    public void A_completed_statement_shows_its_words_as_tentative_and_the_pause_makes_them_firm()
    {
        var call = Stating(out var segment);
        call.Model.Says("Fair. ");
        Assert.That(call.Events.OfType<SuggestionStarted>().Single().Tentative, Is.True);

        call.Give(new SegmentHeard(new TranscriptSegment(segment, Speaker.Customer, Statement, Final: true, EndOfTurn: true)));

        var shown = call.Events.OfType<SuggestionStarted>().Single();
        Assert.That(call.Events.OfType<SuggestionConfirmed>().Single().SuggestionId, Is.EqualTo(shown.SuggestionId));
        call.Model.Ends();
        Assert.That(call.Settled.Single().SuggestionId, Is.EqualTo(shown.SuggestionId));
    }

    [Test]
    public void Tentative_words_leave_when_the_customer_goes_on()
    {
        var call = Stating(out _);
        call.Model.Says("Fair. ");

        call.Interim("But what I would really like to hear about");

        Assert.That(call.Events.OfType<SuggestionWithdrawn>().Single().Reason, Is.EqualTo(WithdrawReason.Resumed));
        Assert.That(call.Settled, Is.Empty, "the turn is not over");
    }

    [Test]
    public void A_model_that_fails_ahead_of_the_end_costs_the_turn_nothing()
    {
        var call = Speaking();
        call.Model.Ends(ModelFailure.ServerError);
        Assert.That(call.Events.OfType<SuggestionStarted>(), Is.Empty);

        call.Customer(Said + "?");
        call.Model.Says("Encrypted.");
        call.Model.Ends();

        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.ByModel));
    }

    [Test]
    public void Pausing_the_call_closes_an_attempt()
    {
        var call = Speaking();

        call.Give(new PauseSet(Paused: true, AtMs: 1));

        Assert.That(call.Model.Last.Open, Is.False);
    }

    [Test]
    public void An_attempt_gives_its_place_to_a_turn_that_needs_it()
    {
        var call = new PipelineRun(
            configure: model => (model.State, model.Gate) = (ModelState.Ready, FakeModel.NewGate(model.Time, slots: 2)));
        Speak(call);
        var attempt = call.Model.Last;

        call.Model.Gate.Ask("another call", _ => { });
        call.Model.Gate.Ask("a third call", _ => { });

        Assert.That(attempt.Open, Is.False);
        call.Customer(Said + "?");
        Assert.That(call.Settled, Is.Empty, "the turn waits for a stream like any other");
    }

    [Test]
    public void Switched_off_live_no_attempt_starts()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Speculation.CurrentValue = new SpeculationOptions { Enabled = false };

        Speak(call);

        Assert.That(call.Model.Streams, Is.Empty);
    }

    [Test]
    public void A_card_is_shown_before_the_turn_ends_and_small_talk_shows_none()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Interim("so the price is too");
        call.Interim("so the price is too high");
        Assert.That(call.Events.OfType<CardShown>().Single().CardId, Is.EqualTo("price"));

        call.Interim("it was lovely weather on the weekend here", "c-9");
        Assert.That(call.Events.OfType<CardShown>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_short_opening_waits_for_what_follows_and_one_answer_covers_both()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        var opening = call.Customer("It is an old one.");
        Assert.That(call.Model.Streams, Is.Empty);

        var turn = call.Customer("How do you keep our data safe?");
        call.Model.Says("Encrypted.");
        call.Model.Ends();

        Assert.That(
            call.Settled.Select(settled => (settled.TurnId, settled.Outcome)),
            Is.EquivalentTo([(opening, TurnOutcome.Merged), (turn, TurnOutcome.Suggested)]));
    }

    [Test]
    public void An_opening_is_answered_at_last_though_the_customer_never_stops()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Customer("It is an old one.");

        for (var second = 0; second < 7; second++)
        {
            call.Interim("you see" + string.Concat(Enumerable.Repeat(" um", second)));
            call.Wait(TimeSpan.FromSeconds(1));
        }

        call.Model.Says("Fair.");
        Assert.That(call.Events.OfType<SuggestionStarted>().Single().Tentative, Is.False);
    }

    [Test]
    public void A_turn_that_deserves_no_answer_leaves_the_next_one_all_its_attempts()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        for (var turn = 0; turn < 4; turn++)
        {
            call.Say(Speaker.Rep, "Shall I tell you how we keep your data safe over there?");
            call.Wait(TimeSpan.FromSeconds(11));
            Speak(call);
            call.Say(Speaker.Rep, Said + " today?");
            call.Wait(TimeSpan.FromMilliseconds(300));
            call.Customer(Said + " today?");
        }

        Assert.That(call.Settled.Select(turn => turn.Reason), Is.All.EqualTo(SettleReason.Echo));
        Assert.That(call.Model.Streams, Has.Count.EqualTo(4));
    }

    [Test]
    public void An_opening_that_nothing_follows_is_answered_a_moment_later()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Customer("It is an old one.");

        call.Wait(TimeSpan.FromMilliseconds(300));

        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
    }

    const string Statement = "We pay about half of that with our vendor.";

    static PipelineRun Speaking()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        Speak(call);
        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
        return call;
    }

    static void Speak(PipelineRun call)
    {
        call.Interim("How do you keep our data safe");
        call.Interim(Said);
    }

    static PipelineRun Stating(out string segment)
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        segment = call.Customer(Statement, endOfTurn: false);
        Assert.That(call.Model.Streams, Has.Count.EqualTo(1));
        return call;
    }
}
