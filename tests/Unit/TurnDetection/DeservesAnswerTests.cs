using Microsoft.VisualBasic.FileIO;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.TurnDetection;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.TurnDetection;

public sealed class DeservesAnswerTests
{
    [TestCaseSource(nameof(Labelled))]
    public void Listening_and_echo_ask_for_nothing_and_everything_else_deserves_an_answer(
        string text, string repWords, SettleReason? verdict) =>
        Assert.That(DeservesAnswer.Refusal(text, repWords), Is.EqualTo(verdict));

    [TestCase("de", "Ja, genau.")]
    [TestCase("de-AT", "Ach so, verstehe.")]
    [TestCase("fr", "D'accord, très bien.")]
    [TestCase("fr", "Euh, oui.")]
    [TestCase("es-MX", "Claro, sí. Entiendo.")]
    [TestCase("auto", "Ja, okay, muy bien.")]
    public void Signs_of_listening_are_known_in_the_calls_language(string language, string text) =>
        Assert.That(DeservesAnswer.Refusal(text, "", language: language), Is.EqualTo(SettleReason.Backchannel));

    [TestCase("de", "Ja, aber was kostet das?")]
    [TestCase("de", "Das ist uns zu teuer.")]
    [TestCase("fr", "Oui, mais c'est trop cher.")]
    [TestCase("es", "Sí, pero es muy caro.")]
    [TestCase("es", "Vale, ¿cuánto cuesta?")]
    [TestCase("de", "Also?")]
    public void What_follows_them_deserves_an_answer(string language, string text) =>
        Assert.That(DeservesAnswer.Refusal(text, "", language: language), Is.Null);

    static IEnumerable<TestCaseData> Labelled()
    {
        using var file = new TextFieldParser(Path.Combine(RepositoryFiles.Golden, "deserves-answer.csv"));
        file.SetDelimiters(",");
        file.ReadFields();
        while (file.ReadFields() is [var text, var repWords, var verdict])
        {
            SettleReason? reason = verdict switch
            {
                "deserves" => null,
                "backchannel" => SettleReason.Backchannel,
                "echo" => SettleReason.Echo,
                _ => throw new InvalidDataException($"Line {file.LineNumber - 1}: '{verdict}' is no verdict."),
            };
            yield return new TestCaseData(text, repWords, reason).SetArgDisplayNames(text, verdict);
        }
    }
}
