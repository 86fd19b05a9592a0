using Teleprompter.InferenceWorker.SpeechSynthesis;

namespace Teleprompter.Tests.Unit.SpeechSynthesis;

public sealed class PlayedTextTests
{
    const string Text = "That is too much. Why would I sign that?";

    static readonly SpokenClause First = new(0, 17, TimeSpan.FromSeconds(1.7), Whole: true);

    static readonly SpokenClause Second = new(17, 40, TimeSpan.FromSeconds(2.3), Whole: true);

    [TestCase(0, "")]
    [TestCase(100, "")]
    [TestCase(150, "That")]
    [TestCase(600, "That is")]
    [TestCase(1700, "That is too much.")]
    [TestCase(2300, "That is too much. Why would")]
    [TestCase(3999, "That is too much. Why would I sign that?")]
    [TestCase(9000, "That is too much. Why would I sign that?")]
    public void What_was_heard_ends_with_the_word_that_was_begun(int playedMs, string heard)
    {
        Assert.That(Heard([First, Second], playedMs), Is.EqualTo(heard));
    }

    [Test]
    public void A_clause_whose_length_is_not_known_yet_is_measured_by_a_voices_pace()
    {
        var growing = Second with { Sent = TimeSpan.FromSeconds(0.5), Whole = false };
        Assert.That(Heard([First, growing], 2200), Is.EqualTo("That is too much. Why would"));
    }

    [Test]
    public void Nothing_was_heard_of_a_turn_without_sound() => Assert.That(Heard([], 5000), Is.Empty);

    static string Heard(SpokenClause[] clauses, int playedMs) =>
        Text[..PlayedText.Length(Text, clauses, TimeSpan.FromMilliseconds(playedMs))];
}
