using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Whether an answer says nothing new: each of its sentences and figures was suggested lately, and the customer has not asked again.
/// </summary>
static class RepeatedAnswer
{
    /// <summary>Whether it may be; costs no vectors.</summary>
    public static bool MayBe(string answer, IReadOnlyList<EarlierAnswer> earlier) =>
        Sentences(answer) is { Count: > 0 } sentences
        && Figures(answer).All(figure => earlier.Any(before => Figures(before.Text).Contains(figure, StringComparer.Ordinal)))
        && sentences.All(sentence => earlier.Any(before => Restatement.MayBe(sentence, before.Text)));

    /// <summary>Whether an answer that may be is.</summary>
    /// <param name="turn">The customer's words that are answered.</param>
    /// <param name="vectors">Compares by meaning, too; null for words alone.</param>
    /// <param name="recent">The vectors of what was compared before.</param>
    public static bool Is(
        string answer, string turn, IReadOnlyList<EarlierAnswer> earlier, TextVectors? vectors, PassageVectors recent) =>
        Sentences(answer).All(sentence =>
            earlier.Any(before => Restatement.Of(sentence, before.Text, vectors, recent) >= Restatement.Enough))
        && !earlier.Any(before => MayBe(answer, [before]) && AskedAgain.Is(turn, before.Turn, vectors, recent));

    static IReadOnlyList<string> Sentences(string answer) => Restatement.SentencesOf(answer);

    static IEnumerable<string> Figures(string text) => SpokenWords.Of(text).Where(word => word.AsSpan().ContainsAnyInRange('0', '9'));
}
