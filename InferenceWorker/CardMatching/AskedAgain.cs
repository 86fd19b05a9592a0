using System.Text.RegularExpressions;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>Whether a customer asks again what was answered before: then the same answer helps.</summary>
static partial class AskedAgain
{
    // Two ways to ask the same thing; two questions about one topic are less alike.
    const double Alike = 0.6;

    /// <summary>Whether a turn asks again.</summary>
    /// <param name="before">The words that were answered; empty where they are not known.</param>
    /// <param name="vectors">Compares by meaning, too; null for words alone.</param>
    /// <param name="recent">The vectors of what was compared before.</param>
    public static bool Is(string turn, string before, TextVectors? vectors, PassageVectors recent) =>
        Again().IsMatch(turn) || (vectors is null
            ? Restatement.Overlap(before, turn) >= Alike
            : Restatement.Likeness(turn, before, vectors, recent) >= Alike);

    [GeneratedRegex(
        @"\b(again|once more|repeat|remind me|still|(say|catch|get|hear) that)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Again();
}
