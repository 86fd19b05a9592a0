using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.Tests.Unit.Pipeline;

public sealed class AnsweringTests
{
    [Test]
    public void A_deserving_turn_gets_its_card_a_suggestion_and_one_outcome()
    {
        var call = new PipelineRun();

        var turn = call.Customer("Honestly, that is too expensive for us.");

        Assert.That(
            call.Events.Select(e => e.GetType()),
            Is.EqualTo(
                [
                    typeof(TranscriptUpdated), typeof(CardShown), typeof(SuggestionStarted), typeof(SuggestionDelta),
                    typeof(SuggestionCompleted), typeof(TurnSettled),
                ]));
        var card = call.Events.OfType<CardShown>().Single();
        var suggestion = call.Events.OfType<SuggestionCompleted>().Single();
        Assert.That((card.CardId, card.TurnId), Is.EqualTo(("price", turn)));
        Assert.That((suggestion.CardId, suggestion.Text, suggestion.Source), Is.EqualTo(("price", card.Text, SuggestionSource.Playbook)));
        Assert.That(
            call.Settled.Single(),
            Is.EqualTo(new TurnSettled(turn, TurnOutcome.Suggested, SettleReason.ByPlaybook, suggestion.SuggestionId)));
    }

    [Test]
    public void Small_talk_moves_nothing_and_is_settled_as_abstained()
    {
        var call = new PipelineRun();

        call.Customer("The weather in Lisbon was lovely last weekend.");

        Assert.That(call.Events.OfType<CardShown>(), Is.Empty);
        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.NoCard));
    }

    [Test]
    public void A_backchannel_does_not_deserve_an_answer()
    {
        var call = new PipelineRun();

        call.Customer("Mm-hm, right.");

        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.Backchannel));
    }

    [Test]
    public void The_reps_own_words_coming_back_are_an_echo()
    {
        var call = new PipelineRun();

        call.Say(Speaker.Rep, "Is our data secure is what most teams ask first.");
        call.Wait(TimeSpan.FromMilliseconds(300));
        call.Customer("our data secure is what most teams ask first");

        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.Echo));
    }

    [Test]
    public void Rep_turns_trigger_nothing()
    {
        var call = new PipelineRun();

        call.Say(Speaker.Rep, "The price is too high for many at first.");

        Assert.That(call.Events, Has.Count.EqualTo(1).And.All.TypeOf<TranscriptUpdated>());
    }

    [Test]
    public void What_is_on_the_screen_is_not_suggested_again()
    {
        var call = new PipelineRun();
        call.Customer("The price is too high.");

        call.Customer("That is too expensive for us.");

        Assert.That(call.Events.OfType<SuggestionStarted>().Count(), Is.EqualTo(1));
        Assert.That(call.Settled.Last().Reason, Is.EqualTo(SettleReason.AlreadyShown));
    }

    [Test]
    public void Segments_of_one_turn_are_answered_as_one()
    {
        var call = new PipelineRun();

        call.Customer("So how do you", endOfTurn: false);
        var turn = call.Customer("keep our data safe?");

        Assert.That(call.Settled.Single().TurnId, Is.EqualTo(turn));
        Assert.That(call.Events.OfType<CardShown>().Single().CardId, Is.EqualTo("security"));
    }

    [Test]
    public void A_turn_that_nobody_ended_is_answered_all_the_same()
    {
        var call = new PipelineRun();
        call.Customer("That is too expensive for us", endOfTurn: false);
        Assert.That(call.Settled, Is.Empty);

        call.Wait(TurnTracker.OpenAtMost);

        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void A_final_sent_again_is_not_answered_again()
    {
        var call = new PipelineRun();
        var segment = new TranscriptSegment("c-1", Speaker.Customer, "The price is too high.", Final: true, EndOfTurn: false);

        call.Give(new SegmentHeard(segment));
        call.Give(new SegmentHeard(segment with { EndOfTurn = true }));
        call.Give(new SegmentHeard(segment with { EndOfTurn = true }));
        call.Give(new SegmentHeard(segment));

        Assert.That(call.Settled.Count(), Is.EqualTo(1));
    }

    [Test]
    public void An_interim_after_its_final_is_ignored()
    {
        var call = new PipelineRun();
        var id = call.Customer("The price is too high.");
        call.Events.Clear();

        call.Give(new SegmentHeard(new TranscriptSegment(id, Speaker.Customer, "The price", Final: false)));

        Assert.That(call.Events, Is.Empty);
    }

    [Test]
    public void Suggest_now_answers_what_the_customer_said_last()
    {
        var call = new PipelineRun();
        call.Customer("Well, money is tight and it is a high price.");
        call.Events.Clear();

        call.Give(new SuggestNowAsked());

        Assert.That(call.Settled.Single().TurnId, Does.StartWith("now-"));
    }

    [Test]
    public void Suggest_now_with_nothing_heard_says_so()
    {
        var call = new PipelineRun();

        call.Give(new SuggestNowAsked());

        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Abstained));
    }

    [Test]
    public void A_card_is_filled_with_the_brief_of_the_moment()
    {
        var call = new PipelineRun();
        call.Customer("The price is too high.");
        call.Customer("Is our data secure?");
        call.Give(new BriefChanged(new CallBrief(Company: "Northwind")));

        call.Customer("The price is too high.");

        Assert.That(
            call.Events.OfType<CardShown>().Where(card => card.CardId == "price").Select(card => card.Text),
            Is.EqualTo(["What would make it worth it to you?", "What would make it worth it to Northwind?"]));
    }

    [Test]
    public void What_was_suggested_is_kept_with_the_turns_it_answers()
    {
        var call = new PipelineRun();

        var turn = call.Customer("The price is too high.");

        Assert.That(call.Kept.OfType<SuggestionFinished>().Single().TurnIds, Is.EqualTo([turn]));
    }
}
