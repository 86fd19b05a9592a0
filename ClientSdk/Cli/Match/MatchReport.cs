using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Cli.Match;

/// <summary>How well a playbook's cards find their questions.</summary>
/// <param name="Matcher"><c>meaning</c> or <c>words</c>.</param>
/// <param name="Accuracy">Share of all questions on which the right card fired, or rightly none.</param>
/// <param name="Precision">Share of the cards that fired that were right; 1 when none fired.</param>
/// <param name="Recall">Share of the questions with a card on which it fired; 1 when none has one.</param>
/// <param name="MsAQuestion">The time of one question, in milliseconds.</param>
/// <param name="Confusions">How often one card fired for another, the most frequent first.</param>
/// <param name="Collisions">Examples of different cards that say nearly the same.</param>
sealed record MatchReport(
    string Matcher,
    int Questions,
    double Accuracy,
    double Precision,
    double Recall,
    Percentiles MsAQuestion,
    IReadOnlyList<Miss> Misses,
    IReadOnlyList<Confusion> Confusions,
    IReadOnlyList<Collision> Collisions)
{
    /// <param name="answers">The best card of each question, null for none; at least one question.</param>
    /// <param name="times">The time of each question, in milliseconds.</param>
    public static MatchReport Of(
        PlaybookEdition edition, IReadOnlyList<(Question Question, CardMatch? Best)> answers, IEnumerable<double> times)
    {
        var right = answers.Count(answer => Fired(answer.Best) is { } fired && fired == answer.Question.Card);
        Miss[] misses = [.. answers.Where(answer => (Fired(answer.Best) ?? "") != answer.Question.Card)
            .Select(answer => Miss.Of(edition, answer.Question, answer.Best))];
        return new MatchReport(
            edition.ByWords ? "words" : "meaning",
            answers.Count,
            Share(answers.Count - misses.Length, answers.Count),
            Share(right, answers.Count(answer => Fired(answer.Best) is not null)),
            Share(right, answers.Count(answer => answer.Question.Card.Length > 0)),
            Percentiles.Of(times)!,
            misses,
            [.. misses.CountBy(miss => (miss.Card, miss.Fired)).OrderByDescending(pair => pair.Value)
                .Select(pair => new Confusion(pair.Key.Card, pair.Key.Fired, pair.Value))],
            edition.Collisions());
    }

    static string? Fired(CardMatch? best) => PlaybookEdition.Sure(best)?.Card.Id;

    static double Share(int part, int all) => all == 0 ? 1 : (double)part / all;
}

/// <summary>How often a card fired on questions of another, or none did, or one too many.</summary>
/// <param name="Card">The card that should have fired; empty for none.</param>
/// <param name="Fired">The card that did; null for none.</param>
sealed record Confusion(string Card, string? Fired, int Questions);
