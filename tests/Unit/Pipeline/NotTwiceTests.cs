using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>What stands on the screen, or was said, is not shown again.</summary>
public sealed class NotTwiceTests
{
    const string Price = "That is too expensive for us.";
    const string Said = "What would make it worth it to you?";

    [Test]
    public void An_answer_that_repeats_is_taken_back_and_its_turn_settles_once()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        var turn = call.Customer(Price);
        call.Model.Says("What would make it worth it?");
        call.Give(new WritingEnded(call.Model.Last.Id, null) { Repeats = true });

        Assert.That(call.Events.OfType<SuggestionWithdrawn>().Single().Reason, Is.EqualTo(WithdrawReason.Repeats));
        Assert.That(call.Events.OfType<SuggestionCompleted>(), Is.Empty);
        Assert.That(
            call.Settled.Single(),
            Is.EqualTo(new TurnSettled(turn, TurnOutcome.Abstained, SettleReason.AlreadyShown, SuggestionId: null)));
    }

    [Test]
    public void An_attempt_that_repeats_is_never_shown()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        var turn = call.Interim("That is too expensive for us");
        call.Interim("That is too expensive for us I think", turn);
        call.Model.Says("What would make it worth it?");
        call.Give(new WritingEnded(call.Model.Last.Id, null) { Repeats = true });
        call.Give(new SegmentHeard(
            new TranscriptSegment(turn, Speaker.Customer, "That is too expensive for us I think.", Final: true, EndOfTurn: true)));

        Assert.That(call.Model.Streams, Has.One.Items, "the attempt was adopted");
        Assert.That(call.Events.OfType<SuggestionStarted>(), Is.Empty);
        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.AlreadyShown));
    }

    [Test]
    public void The_model_is_told_what_was_suggested_in_the_last_two_minutes_and_for_which_words()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Customer(Price);
        call.Model.Says(Said);
        call.Model.Ends();
        call.Wait(TimeSpan.FromSeconds(100));
        call.Customer("Is our data secure?");
        var earlier = call.Model.Last.Prompt.Earlier.Single();
        Assert.That((earlier.Text, earlier.Turn), Is.EqualTo((Said, Price)));

        call.Model.Says("Yes. Which rules must you meet?");
        call.Model.Ends();
        call.Wait(TimeSpan.FromSeconds(30));
        call.Customer("How do you keep our data safe?");
        Assert.That(call.Model.Last.Prompt.Earlier.Select(each => each.Text), Is.EqualTo(["Yes. Which rules must you meet?"]));
    }

    [Test]
    public void A_rep_who_asks_gets_the_same_words_again()
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
        call.Customer(Price);
        call.Model.Says(Said);
        call.Model.Ends();
        call.Give(new SuggestNowAsked());
        Assert.That(call.Model.Last.Prompt.Earlier, Is.Empty);
    }

    [Test]
    public void A_card_that_the_rep_said_is_not_shown_again_for_two_minutes()
    {
        var call = SaidThePrice();
        call.Customer("Well, the price is too high on the page, I see.");
        Assert.That(Cards(call), Is.EqualTo(["price", "security"]));
        Assert.That(call.Settled.Last().Reason, Is.EqualTo(SettleReason.AlreadyShown));

        call.Wait(TimeSpan.FromSeconds(121));
        call.Customer("The price is too high and too expensive for us.");
        Assert.That(Cards(call), Is.EqualTo(["price", "security", "price"]));
    }

    [TestCase("Sorry, what was it again, that is too expensive for us?")]
    [TestCase("That is too expensive for us.")]
    public void A_customer_who_asks_again_brings_it_again(string words)
    {
        var call = SaidThePrice();
        call.Customer(words);
        Assert.That(Cards(call), Is.EqualTo(["price", "security", "price"]));
    }

    static PipelineRun SaidThePrice()
    {
        var call = new PipelineRun();
        call.Customer(Price);
        call.Say(Speaker.Rep, Said);
        call.Customer("Is our data secure?");
        return call;
    }

    static IEnumerable<string> Cards(PipelineRun call) => call.Events.OfType<CardShown>().Select(card => card.CardId);
}
