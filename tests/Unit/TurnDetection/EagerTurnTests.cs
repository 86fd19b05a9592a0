using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.Tests.Unit.TurnDetection;

public sealed class EagerTurnTests
{
    const string Question = "how long does it take until we are up and running";

    [TestCase("how long does it take until a team")]
    [TestCase("we pay about half of that today")]
    public void Enough_stable_words_of_a_sentence_start_an_attempt(string text) =>
        Assert.That(Decide(Interim(text)), Is.EqualTo(EagerStep.Attempt));

    [TestCase("how long does it take until")]
    [TestCase("we would like to know more about the")]
    [TestCase("I like it but we cannot sign and")]
    public void Words_that_promise_more_start_none(string text) => Assert.That(Decide(Interim(text)), Is.EqualTo(EagerStep.Listen));

    [Test]
    public void Words_that_the_recogniser_may_still_take_back_start_none() =>
        Assert.That(Decide(Interim(Question) with { Stable = false }), Is.EqualTo(EagerStep.Listen));

    [Test]
    public void Few_words_start_none_but_in_a_long_turn_fewer_are_enough()
    {
        Assert.That(Decide(Interim("the budget looks pretty tight")), Is.EqualTo(EagerStep.Listen));
        Assert.That(
            Decide(Interim("the budget looks pretty tight") with { WordsOfFloor = EagerTurn.LongTurn }), Is.EqualTo(EagerStep.Attempt));
    }

    [Test]
    public void A_final_starts_one_at_once_unless_it_is_an_opening()
    {
        Assert.That(Decide(Final("It is an old system.")), Is.EqualTo(EagerStep.Listen), "a short statement that no card fits");
        Assert.That(Decide(Final("That is expensive."), hasCard: true), Is.EqualTo(EagerStep.Attempt));
        Assert.That(Decide(Final("What about security?")), Is.EqualTo(EagerStep.Attempt));
        Assert.That(Decide(Final("It is an old system.") with { WordsOfFloor = EagerTurn.ProbablyTheEnd }), Is.EqualTo(EagerStep.Attempt));
    }

    [Test]
    public void A_turn_has_three_attempts_at_most() =>
        Assert.That(Decide(Interim(Question), attempts: EagerTurn.MostAttempts), Is.EqualTo(EagerStep.Listen));

    [TestCase("How long does it take until we are up and running?")]
    [TestCase("HOW LONG, DOES IT TAKE: until we are up and running")]
    [TestCase("how long does it take until we are up and running over there now")]
    public void An_attempt_holds_for_the_same_words_and_for_three_more_that_change_nothing(string said) =>
        Assert.That(EagerTurn.Holds(Question, said, language: null), Is.True);

    [TestCase("how long does it take until we are up and running with all of them", TestName = "Four more words")]
    [TestCase("how long does it take until we are up and running twice", TestName = "A number")]
    [TestCase("how long does it take until we are up and running in 2027", TestName = "Digits")]
    [TestCase("how long does it take until we are up and running not just piloting", TestName = "A negation")]
    [TestCase("how long will it take until we are up and running", TestName = "Another word")]
    public void It_does_not_hold_for(string said) => Assert.That(EagerTurn.Holds(Question, said, language: null), Is.False);

    [Test]
    public void In_a_language_whose_numbers_and_negations_are_unknown_no_further_word_is_harmless()
    {
        Assert.That(EagerTurn.Holds("was kostet das pro Platz", "Was kostet das pro Platz?", "de"), Is.True);
        Assert.That(EagerTurn.Holds("was kostet das pro Platz", "Was kostet das pro Platz im Jahr?", "de"), Is.False);
    }

    [Test]
    public void Words_that_a_recogniser_takes_back_for_a_moment_keep_the_attempt() =>
        Assert.That(Decide(Interim("how long does it take"), attempted: Question), Is.EqualTo(EagerStep.Keep));

    [Test]
    public void The_speaker_who_goes_on_voids_the_attempt() =>
        Assert.That(Decide(Interim(Question + " with all of our old data"), attempted: Question), Is.EqualTo(EagerStep.Discard));

    [Test]
    public void A_completed_statement_of_a_turn_that_is_long_enough_to_end_has_probably_ended()
    {
        Assert.That(EagerTurn.HasProbablyEnded(Final("We pay half of that to our vendor.")), Is.True);
        Assert.That(EagerTurn.HasProbablyEnded(Interim("We pay half of that to our vendor")), Is.False);
        Assert.That(EagerTurn.HasProbablyEnded(Final("We pay half of that.")), Is.False);
    }

    static EagerStep Decide(PartialTurn turn, string? attempted = null, int attempts = 0, bool hasCard = false) =>
        EagerTurn.Decide(turn, hasCard, attempted, attempts, language: null);

    static PartialTurn Interim(string text) =>
        new("c-1", text, text, Final: false, Stable: true, text.Split(' ').Length, TimeSpan.FromSeconds(1));

    static PartialTurn Final(string text) => Interim(text) with { Final = true };
}
