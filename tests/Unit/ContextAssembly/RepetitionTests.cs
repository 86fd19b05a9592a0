using Teleprompter.InferenceWorker.ContextAssembly;

namespace Teleprompter.Tests.Unit.ContextAssembly;

public sealed class RepetitionTests
{
    const string Shown = "Setup takes four weeks, and your team needs two days of training. Shall we plan backwards from January?";

    [TestCase(Shown)]
    [TestCase("setup takes FOUR weeks and your team needs two days of training")]
    [TestCase("Setup takes just four weeks, and your team needs only two days of training.")]
    [TestCase("Shall we plan backwards from January?")]
    public void The_same_words_again_or_a_part_of_them_are_a_repetition(string text) => Assert.That(Repetition.Of(text, ["Hello there.", Shown]), Is.True);

    [TestCase("Your data stays in Frankfurt and is encrypted at rest.")]
    [TestCase("Setup takes four weeks. Who on your side would own the roll-out, and when could they start?")]
    [TestCase("Four weeks.")]
    [TestCase("")]
    public void Anything_new_is_none(string text) => Assert.That(Repetition.Of(text, [Shown]), Is.False);

    [Test]
    public void Another_number_makes_it_another_statement() =>
        Assert.Multiple(() =>
        {
            Assert.That(Repetition.Of("It is 45 euros per seat and month.", ["It is 40 euros per seat and month."]), Is.False);
            Assert.That(Repetition.Of("It is 40 euros per seat, per month.", ["It is 40 euros per seat, per month!"]), Is.True);
        });

    [Test]
    public void A_short_text_repeats_only_itself() =>
        Assert.Multiple(() =>
        {
            Assert.That(Repetition.Of("Yes, we do.", ["Yes – we do!"]), Is.True);
            Assert.That(Repetition.Of("Yes, we do.", ["Do we know? Yes."]), Is.False);
        });

    [Test]
    public void Languages_without_spaces_are_compared_too() =>
        Assert.Multiple(() =>
        {
            Assert.That(Repetition.Of("導入は四週間で完了します。", ["導入は四週間で完了します"]), Is.True);
            Assert.That(Repetition.Of("データは東京に保存されます。", ["導入は四週間で完了します"]), Is.False);
        });

    [Test]
    public void Nothing_shown_means_nothing_repeated() => Assert.That(Repetition.Of(Shown, []), Is.False);
}
