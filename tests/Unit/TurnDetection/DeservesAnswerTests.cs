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
