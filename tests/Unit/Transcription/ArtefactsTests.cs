using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.Tests.Unit.Transcription;

public sealed class ArtefactsTests
{
    const string Prompt = "Names: Sam, Lee, Northwind.";

    [TestCase("[Music]", "sound")]
    [TestCase(" (applause) ", "sound")]
    [TestCase("♪♪♪", "sound")]
    [TestCase("*sighs*", "sound")]
    [TestCase("[BLANK_AUDIO]", "sound")]
    [TestCase("Thank you for watching!", "phrase")]
    [TestCase("Thanks for watching, and I'll see you in the next video.", "phrase")]
    [TestCase("Please subscribe.", "phrase")]
    [TestCase("Untertitel der Amara.org-Community", "phrase")]
    [TestCase("you", "phrase")]
    [TestCase(". . .", "punctuation")]
    [TestCase("Sam, Lee, Northwind.", "prompt")]
    public void What_nobody_said_is_taken_out_and_its_reason_told(string text, string reason)
    {
        Assert.That(Artefacts.Clean(text, Prompt, TimeSpan.FromSeconds(2), out var told), Is.Empty);
        Assert.That(told, Is.EqualTo(reason));
    }

    [TestCase("Thank you.")]
    [TestCase("Thank you for watching our demo last week.")]
    [TestCase("No, no, no.")]
    [TestCase("Lee.")]
    [TestCase("The music industry is what we sell to.")]
    [TestCase("Very, very, very good.")]
    public void What_people_say_stays(string text)
    {
        Assert.That(Artefacts.Clean($" {text}", Prompt, TimeSpan.FromSeconds(2), out var reason), Is.EqualTo(text));
        Assert.That(reason, Is.Null);
    }

    [Test]
    public void A_sound_among_words_goes_and_the_words_stay()
    {
        Assert.That(
            Artefacts.Clean("[laughs] How much is it?", null, TimeSpan.FromSeconds(2), out var reason), Is.EqualTo("How much is it?"));
        Assert.That(reason, Is.EqualTo("sound"));
    }

    [TestCase("I think so I think so I think so I think so I think so", "I think so")]
    [TestCase("Well, okay. Okay. Okay. Okay. Okay.", "Well, okay.")]
    [TestCase("It is fine fine fine fine fine with us.", "It is fine with us.")]
    public void A_loop_is_said_once(string text, string said)
    {
        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(5), out var reason), Is.EqualTo(said));
        Assert.That(reason, Is.EqualTo("loop"));
    }

    [Test]
    public void More_words_than_anybody_can_say_are_none()
    {
        var text = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"word{i}"));

        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(1), out var reason), Is.Empty);
        Assert.That(reason, Is.EqualTo("tooFast"));
    }
}
