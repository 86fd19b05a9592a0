using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Rehearsal;

namespace Teleprompter.Tests.Unit.Rehearsal;

public sealed class ScoreCardsTests
{
    [Test]
    public void A_good_rehearsal_passes_every_check_with_the_moment_it_rests_on()
    {
        var card = ScoreCards.Of(
            [
                Said(Speaker.Customer, 0, "What does it cost us in a year, and when do we get it back?"),
                Said(Speaker.Rep, 3, "It is forty thousand pounds. How many vans do you have?"),
                Said(Speaker.Customer, 9, "Eighty. That is a third more than we pay today. Why would I sign that?"),
                Said(Speaker.Rep, 14, "Because the nightly run saves four hours, measured at Kestrel over ten weeks."),
                Said(Speaker.Customer, 20, "By how much, and compared with what?"),
                Said(Speaker.Rep, 22, "Fair question. From five hours to one. I can send you the report, and we talk on Thursday at ten?"),
            ],
            [new CutOff("b", CutInReason.ClaimWithoutNumber, "", HangsUp: false, 20_000)]);
        Assert.Multiple(() =>
        {
            Assert.That(card.Checks.Where(check => !check.Passed).Select(check => check.Because), Is.Empty);
            Assert.That(card.Checks.Select(check => check.Question), Is.EqualTo(Enum.GetValues<ScoreQuestion>()));
            Assert.That(card.Checks[0].AtMs, Is.EqualTo(3_000));
            Assert.That(card.Checks[^1].AtMs, Is.EqualTo(22_000));
        });
    }

    [Test]
    public void A_bad_rehearsal_says_what_was_wrong_and_when()
    {
        var speech = string.Join(' ', Enumerable.Repeat("um we basically start with a workshop and then another one", 14));
        var card = ScoreCards.Of(
            [
                Said(Speaker.Customer, 0, "What does it cost us in a year?"),
                Said(Speaker.Rep, 3, $"{speech} and it is much faster than the others"),
                Said(Speaker.Customer, 60, "Mm-hm."),
                Said(Speaker.Customer, 61, "That is not what I asked."),
                Said(Speaker.Rep, 70, "I see."),
            ],
            [new CutOff("b", CutInReason.QuestionDodged, "", HangsUp: false, 61_000)]);
        Assert.Multiple(() =>
        {
            Assert.That(card.Checks.Where(check => check.Passed), Is.Empty);
            Assert.That(card.Checks[0].Because, Does.StartWith("You told before you asked"));
            Assert.That(
                card.Checks[1].Because, Is.EqualTo("You were asked \"What does it cost us in a year?\" and spoke of something else."));
            Assert.That(card.Checks[2].Because, Is.EqualTo("You claimed \"much faster\" without a figure."));
            Assert.That((card.Checks[3].Because, card.Checks[3].AtMs), Is.EqualTo(("You were cut off and spoke after 9.0 s.", 61_000L)));
        });
    }

    [Test]
    public void A_rehearsal_in_which_nobody_spoke_has_a_card_too() =>
        Assert.That(ScoreCards.Of([], []).Checks, Has.Count.EqualTo(8));

    static SegmentView Said(Speaker speaker, int second, string text) =>
        new($"{speaker}-{second}", speaker, text, Final: true, second * 1000, (second * 1000) + 1500);
}
