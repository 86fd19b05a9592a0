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
        Assert.That(Artefacts.Clean(text, Prompt, TimeSpan.FromSeconds(2), language: null, out var told), Is.Empty);
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
        Assert.That(Artefacts.Clean($" {text}", Prompt, TimeSpan.FromSeconds(2), language: null, out var reason), Is.EqualTo(text));
        Assert.That(reason, Is.Null);
    }

    [Test]
    public void A_sound_among_words_goes_and_the_words_stay()
    {
        Assert.That(
            Artefacts.Clean("[laughs] How much is it?", null, TimeSpan.FromSeconds(2), language: null, out var reason),
            Is.EqualTo("How much is it?"));
        Assert.That(reason, Is.EqualTo("sound"));
    }

    [TestCase("I think so I think so I think so I think so I think so", "I think so")]
    [TestCase("Well, okay. Okay. Okay. Okay. Okay.", "Well, okay.")]
    [TestCase("It is fine fine fine fine fine with us.", "It is fine with us.")]
    public void A_loop_is_said_once(string text, string said)
    {
        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(5), language: null, out var reason), Is.EqualTo(said));
        Assert.That(reason, Is.EqualTo("loop"));
    }

    [TestCase("Thank you. Thank you. Thank you.", "Thank you.")]
    [TestCase("We pay too much. We pay too much. We pay too much. And more.", "We pay too much. And more.")]
    [TestCase("How much for fifty seats? Thank you for watching!", "How much for fifty seats?")]
    [TestCase("Thank you for watching! How much? Please subscribe to our channel!", "How much?")]
    [TestCase("How much is it? ご視聴ありがとうございました", "How much is it?")]
    [TestCase("How much is it? Редактор субтитров А.Семкин", "How much is it?")]
    public void Each_sentence_is_judged_by_itself(string text, string said) =>
        Assert.That(Artefacts.Clean(text, Prompt, TimeSpan.FromSeconds(5), language: null, out _), Is.EqualTo(said));

    [TestCase("es", "Subtítulos realizados por la comunidad de Amara.org")]
    [TestCase("ja", "ご視聴ありがとうございました")]
    [TestCase("ko", "시청해주셔서 감사합니다.")]
    [TestCase("ru", "Продолжение следует...")]
    [TestCase("fr", "Sous-titrage Société Radio-Canada")]
    [TestCase("de", "Untertitelung des ZDF, 2020")]
    [TestCase("pt", "Obrigado por assistir!")]
    [TestCase("ar", "اشتركوا في القناة")]
    [TestCase("auto", "Thank you for watching! Please subscribe to our channel!")]
    public void The_ends_of_videos_are_known_in_the_languages_of_Whisper(string language, string text)
    {
        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(5), language, out var reason), Is.Empty);
        Assert.That(reason, Is.EqualTo("phrase"));
    }

    [TestCase("en", "これはいくらですか")]
    [TestCase(null, "Сколько это стоит?")]
    [TestCase("de-DE", "고맙습니다.")]
    [TestCase("ja", "I will see you all tomorrow then.")]
    [TestCase("ru", "多少钱？")]
    public void Words_in_another_script_than_the_calls_language_are_no_speech(string? language, string text)
    {
        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(5), language, out var reason), Is.Empty);
        Assert.That(reason, Is.EqualTo("script"));
    }

    [TestCase("auto", "これはいくらですか")]
    [TestCase("ja", "SAPとつながりますか。")]
    [TestCase("ja", "Microsoft Teams。")]
    [TestCase("sr", "Koliko to košta za pedeset ljudi?")]
    [TestCase("el", "Πόσο κοστίζει το API;")]
    [TestCase("en", "We sell at 20 € in Łódź.")]
    [TestCase("es", "¿Tienen subtítulos en español?")]
    public void Words_of_the_calls_own_script_stay(string language, string text) =>
        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(5), language, out _), Is.EqualTo(text));

    [TestCase("ありがとうありがとうありがとうありがとうありがとう", "ありがとう")]
    [TestCase("是的，是的，是的，是的，多少钱？", "是的，多少钱？")]
    public void A_loop_without_spaces_is_said_once(string text, string said) =>
        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(5), "auto", out _), Is.EqualTo(said));

    [Test]
    public void More_words_than_anybody_can_say_are_none()
    {
        var text = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"word{i}"));

        Assert.That(Artefacts.Clean(text, null, TimeSpan.FromSeconds(1), language: null, out var reason), Is.Empty);
        Assert.That(reason, Is.EqualTo("tooFast"));
    }
}
