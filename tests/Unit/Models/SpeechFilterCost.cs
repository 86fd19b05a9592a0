using System.Diagnostics;
using Teleprompter.InferenceWorker.Models.Speech;

namespace Teleprompter.Tests.Unit.Models;

/// <summary>Measures, and asserts nothing: <c>dotnet test tests/Unit --filter FullyQualifiedName~SpeechFilterCost</c>.</summary>
[Explicit]
public sealed class SpeechFilterCost
{
    const int Answers = 20_000;

    [TestCase("That is fair, so let us look at what the manual work costs you today, because most teams your size earn the price back.")]
    [TestCase(
        "<think>\nI may go down to 15 percent but must not say so.\n</think>\n\n**Rep:** \"Fair. *Too high* compared with "
        + "[what](https://example.com)?\"")]
    [TestCase("[[[[[[[[ ******** ________ <<<<<<<< <|<|<|<| \"\"\"\"\"\"\"\" >>>>>>>> 1. 2. 3. [a](b [c](d [e](f \\\\\\\\\\\\ ````````")]
    public void A_delta_costs(string text)
    {
        string[] deltas = [.. text.Chunk(5).Select(part => new string(part))];
        var started = 0L;
        for (var answer = -Answers / 10; answer < Answers; answer++)
        {
            started = answer == 0 ? Stopwatch.GetTimestamp() : started;
            var filter = new SpeechFilter(spoken: true, opensInThought: false);
            foreach (var delta in deltas)
            {
                filter.Write(delta);
            }

            filter.End(cut: true);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        TestContext.Out.WriteLine(
            $"{elapsed.TotalMicroseconds / (Answers * (double)deltas.Length):0.000} µs a delta, the end of the answer included");
    }
}
