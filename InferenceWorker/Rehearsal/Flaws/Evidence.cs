using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Rehearsal.Flaws;

/// <summary>What a listener takes for proof: a figure, or something that can be looked at.</summary>
static partial class Evidence
{
    public static bool In(string words) => Figure().IsMatch(words) || Reference().IsMatch(words);

    public static bool HasFigure(string words) => Figure().IsMatch(words);

    [GeneratedRegex(
        @"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
        + @"|ninety|hundred|thousand|million|percent|half|twice|double|doubled|halved|a third|a quarter)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Figure();

    [GeneratedRegex(
        @"\b(measured|according to|case study|for example|the test|survey|audit(ed)?|you told me|you showed me|you said|as you said)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();
}
