using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class ShippedCardTests
{
    static readonly string[] Promised =
    [
        "price-too-high", "discount-request", "competitor-cheaper", "security-compliance", "data-residency", "integration",
        "migration-effort", "timeline-urgent", "not-now", "budget-frozen", "need-approval", "send-me-information", "trial-or-pilot",
        "contract-terms", "cancellation", "support-sla", "adoption-worry", "roi-proof", "references", "happy-with-current", "feature-gap",
        "scalability", "ai-accuracy", "next-step",
    ];

    static readonly CallBrief Full = new("Sam", "Dana", "Acme", "CFO", "Beacon");

    static IReadOnlyList<PlaybookCard> Cards => ShippedPlaybook.Edition.Cards;

    [Test]
    public void Every_promised_card_is_there() => Assert.That(Promised, Is.SubsetOf(Cards.Select(card => card.Id)));

    [TestCaseSource(nameof(Cards))]
    public void A_card_is_said_in_two_sentences_and_forty_words_and_names_its_source(PlaybookCard card)
    {
        foreach (var brief in new[] { CallBrief.Empty, Full })
        {
            var say = CardText.Fill(card.Say, brief);
            Assert.Multiple(() =>
            {
                Assert.That(say.Split(' '), Has.Length.LessThanOrEqualTo(40));
                Assert.That(
                    say.Split(['.', '?', '!'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    Has.Length.LessThanOrEqualTo(3),
                    "an opening word and two sentences");
                Assert.That(say, Does.Not.Contain("  ").And.Not.Contain(" ,").And.Not.Contain("{").And.Not.Contain("["));
                Assert.That(card.Triggers, Has.Count.GreaterThanOrEqualTo(24));
                Assert.That(card.Fact, Is.Not.Null);
                Assert.That(card.Source, Is.Not.Null);
            });
        }
    }

    [TestCase("how was your weekend")]
    [TestCase("Can you hear me?")]
    [TestCase("let me share my screen")]
    [TestCase("Sounds good.")]
    [TestCase("hello")]
    [TestCase("Uh.")]
    [TestCase("")]
    [TestCase("?!")]
    public void Small_talk_finds_no_card(string text) => Assert.That(ShippedPlaybook.Edition.Match(text), Is.Null);

    [Test]
    public void Talk_about_a_topic_that_asks_nothing_brings_no_card()
    {
        string[] topics =
        [
            "the pilot", "the price", "pricing", "security", "the contract", "the discount", "the integration", "the migration",
            "your references", "support", "the budget", "the trial", "the proposal", "the timeline", "the data center",
        ];
        string[] frames =
        [
            "We were talking about {0}.", "we were just talking about {0} the other day", "I mentioned {0} to my colleague yesterday.",
            "we already discussed {0} with your colleague", "you told me about {0} last time", "Yeah, we covered {0} in the last call.",
        ];
        var shown = frames.SelectMany(frame => topics.Select(topic => frame.Replace("{0}", topic, StringComparison.Ordinal)))
            .Where(text => ShippedPlaybook.Edition.Match(text) is not null).ToList();
        Assert.That(shown, Has.Count.LessThanOrEqualTo(2), string.Join('\n', shown));
    }

    [TestCase("We talked about the price but it's too expensive for us.", "price-too-high")]
    [TestCase("We were talking about the pilot, and how would a trial work?", "trial-or-pilot")]
    [TestCase("uh so um what about like security", "security-compliance")]
    [TestCase(
        "We had two big customers complain last month. But before we go further, how much does this cost per seat?", "pricing-question")]
    [TestCase("Thanks for that, that was a really nice demo. My worry is that my reps just will not use it. Anyway.", "adoption-worry")]
    [TestCase(
        "yeah so we were at the conference last week and it was great and uh anyway before i forget do you have an integration with "
        + "salesforce", "integration")]
    public void A_question_is_found_among_other_words(string text, string card) =>
        Assert.That(ShippedPlaybook.Edition.Match(text)?.Card.Id, Is.EqualTo(card));

    [Test]
    public void A_rep_who_asks_gets_a_card_that_is_too_weak_to_interrupt()
    {
        var weak = Cards.SelectMany(card => card.Triggers).Select(trigger => string.Join(' ', trigger.Split(' ').Take(3)))
            .First(text => ShippedPlaybook.Edition.Best(text) is { Confidence: > 0.25 and < 0.5 });
        Assert.Multiple(() =>
        {
            Assert.That(ShippedPlaybook.Edition.Best(weak)!.Confidence, Is.InRange(0, 0.5));
            Assert.That(PlaybookEdition.Near(ShippedPlaybook.Edition.Best("Yes.")), Is.Null);
        });
    }

    [Test]
    public void An_empty_playbook_finds_nothing() => Assert.That(PlaybookEdition.Empty.Best("How much is it?"), Is.Null);

    [Test]
    public void A_turn_of_the_longest_length_is_matched_too() =>
        Assert.That(
            ShippedPlaybook.Edition.Match(
                string.Concat(
                    Enumerable.Repeat("We walked along the river and saw the ducks. ", 40)) + "What discount can you give us?")?.Card.Id,
            Is.EqualTo("discount-request"));
}
