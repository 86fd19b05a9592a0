using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>Suggestions that the rep says, without a click.</summary>
public sealed class SaidTests
{
    const string Price = "That is too expensive for us.";

    [Test]
    public void What_the_rep_then_says_counts_as_said_once()
    {
        var call = new PipelineRun();
        call.Customer(Price);
        call.Wait(TimeSpan.FromSeconds(5));

        call.Say(Speaker.Rep, "So, uh, what would make it worth it to you?");
        call.Say(Speaker.Rep, "I mean, what would make it worth it to you?");

        var suggestion = call.Kept.OfType<SuggestionFinished>().Single().Suggestion.SuggestionId;
        Assert.That(call.Events.OfType<SuggestionSaid>().Single().SuggestionId, Is.EqualTo(suggestion));
        Assert.That(call.Kept.OfType<SayingHeard>().Single().SuggestionId, Is.EqualTo(suggestion));
        Assert.That(Snapshot(call).Recent.Single().Said, Is.True);
    }

    [Test]
    public void A_sentence_may_come_in_pieces()
    {
        var call = new PipelineRun();
        call.Customer(Price);

        call.Say(Speaker.Rep, "So what would", endOfTurn: false);
        Assert.That(call.Events.OfType<SuggestionSaid>(), Is.Empty);
        call.Say(Speaker.Rep, "make it worth it to you?");

        Assert.That(call.Events.OfType<SuggestionSaid>().ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Neither_the_customers_words_nor_what_was_said_before_nor_much_later_count()
    {
        var call = new PipelineRun();
        call.Say(Speaker.Rep, "What would make it worth it to you?");
        call.Wait(TimeSpan.FromSeconds(1));
        call.Customer(Price);
        call.Wait(TimeSpan.FromSeconds(1));
        call.Customer("You mean what would make it worth it to you?");
        call.Wait(TimeSpan.FromSeconds(60));
        call.Say(Speaker.Rep, "What would make it worth it to you?");

        Assert.That(call.Events.OfType<SuggestionSaid>(), Is.Empty);
    }

    [Test]
    public void Another_worker_goes_on_listening_for_what_was_suggested_before_it_had_the_call()
    {
        var before = new PipelineRun();
        before.Customer(Price);

        var after = new PipelineRun(before.Kept);
        after.Say(Speaker.Rep, "What would make it worth it to you?");

        Assert.That(after.Events.OfType<SuggestionSaid>().ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_tally_counts_by_card_what_was_suggested_said_and_marked()
    {
        var call = new PipelineRun();
        call.Customer(Price);
        call.Say(Speaker.Rep, "What would make it worth it to you?");
        call.Customer("How do you keep our data safe?");
        var security = call.Kept.OfType<SuggestionFinished>().Last().Suggestion.SuggestionId;
        call.Give(new FeedbackGiven(new(security, FeedbackKind.Used)));
        call.Give(new FeedbackGiven(new(security, FeedbackKind.Pinned)));
        call.Give(new FeedbackGiven(new(security, FeedbackKind.Unpinned)));

        var tally = new CallTally();
        var changes = call.Kept.Concat(call.Kept).Select(tally.Record).OfType<CardTally>().ToList();

        Assert.That(
            call.Tally.Cards, Is.EqualTo(new[] { new CardTally("price", 1, 1, 0, 0, 0), new CardTally("security", 1, 0, 1, 0, 0) }));
        Assert.That(
            tally.Cards.Select(card => (card.CardId, card.Suggested, card.Said)),
            Is.EqualTo(call.Tally.Cards.Select(card => (card.CardId, card.Suggested, card.Said))));
        Assert.That(CardTally.Sum(changes), Is.EqualTo(tally.Cards), "what comes twice counts once");
        Assert.That(call.Kept.OfType<CardCameUp>().Select(came => came.Card.CardId), Is.EqualTo(new[] { "price", "security" }));
    }

    static Restored Snapshot(PipelineRun call)
    {
        call.Give(new SnapshotAsked(PipelineRun.Connection));
        return call.Events.OfType<Restored>().Last();
    }
}
