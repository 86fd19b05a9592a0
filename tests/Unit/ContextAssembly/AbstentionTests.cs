using Teleprompter.InferenceWorker.ContextAssembly;

namespace Teleprompter.Tests.Unit.ContextAssembly;

public sealed class AbstentionTests
{
    [TestCase("PASS")]
    [TestCase("Pass.")]
    [TestCase("\"PASS\"\n")]
    [TestCase("**PASS**")]
    [TestCase("")]
    [TestCase(" \n")]
    public void The_agreed_word_alone_means_nothing_to_say(string answer) => Assert.That(Abstention.Is(answer), Is.True);

    [TestCase("Pass this on to your director: setup takes four weeks.")]
    [TestCase("We pass every audit.")]
    [TestCase("Passing it on is easy.")]
    public void An_answer_with_that_word_in_it_is_an_answer(string answer) => Assert.That(Abstention.Is(answer), Is.False);

    [TestCase("P")]
    [TestCase("PA")]
    [TestCase("\"pass")]
    [TestCase("PASS.")]
    [TestCase(" ")]
    public void What_may_still_become_the_word_is_held_back(string soFar) => Assert.That(Abstention.MightBe(soFar), Is.True);

    [TestCase("Price")]
    [TestCase("That")]
    [TestCase("Pass this")]
    [TestCase("a")]
    public void What_cannot_become_the_word_any_more_is_shown_at_once(string soFar) => Assert.That(Abstention.MightBe(soFar), Is.False);
}
