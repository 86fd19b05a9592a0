using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.Tests.Unit.Transcription;

public sealed class HypothesesTests
{
    [Test]
    public void What_two_hypotheses_agree_on_is_firm()
    {
        var words = new Hypotheses();

        words.Update("We are");
        Assert.That(words.FirmChars, Is.Zero);
        words.Update("We are looking add");

        Assert.That(words.Text[..words.FirmChars], Is.EqualTo("We are"));
    }

    [Test]
    public void A_word_that_only_begins_alike_is_not_firm()
    {
        var words = new Hypotheses();

        words.Update("That is more than we");
        words.Update("That is more than weeks");

        Assert.That(words.Text[..words.FirmChars], Is.EqualTo("That is more than"));
    }

    [Test]
    public void Firm_words_stay_firm_while_the_beginning_holds_and_not_longer()
    {
        var words = new Hypotheses();
        words.Update("That is more");
        words.Update("That is more than");
        words.Update("That is more and");
        Assert.That(words.FirmChars, Is.EqualTo("That is more".Length));

        words.Update("What is more");

        Assert.That(words.FirmChars, Is.Zero);
    }

    [Test]
    public void The_same_words_again_are_only_news_when_they_become_firm()
    {
        var words = new Hypotheses();

        Assert.That(words.Update("Yes."), Is.True);
        Assert.That(words.Update("Yes."), Is.True);
        Assert.That(words.Update("Yes."), Is.False);
    }
}
