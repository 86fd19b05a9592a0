using Teleprompter.InferenceWorker.Rehearsal;

namespace Teleprompter.Tests.Unit.Rehearsal;

public sealed class AskedQuestionTests
{
    [TestCase("Before the pitch: how much is this, all in?", "Before the pitch: how much is this, all in?")]
    [TestCase("Why did nobody call me? I had to hear it from my own staff.", "Why did nobody call me?")]
    [TestCase("My team sent me your quote. What is in it?", "What is in it?")]
    [TestCase("\"Hopefully\"? I ran a call centre on \"hopefully\" in March.", null)]
    [TestCase("Go on.", null)]
    public void What_was_asked_is_the_last_sentence_that_asks_more_than_a_word(string words, string? asked) =>
        Assert.That(AskedQuestion.LastIn(words), Is.EqualTo(asked));

    [Test]
    public void A_start_on_a_day_is_a_next_step() =>
        Assert.That(NextStep.In("Shall we start with ten seats on Thursday?"), Is.True);
}
