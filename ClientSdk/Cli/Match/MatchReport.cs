namespace Teleprompter.Cli.Match;

/// <summary>How well a playbook's cards find their questions.</summary>
/// <param name="Accuracy">Share of all questions on which the right card fired, or rightly none.</param>
/// <param name="Precision">Share of the cards that fired that were right; 1 when none fired.</param>
/// <param name="Recall">Share of the questions with a card on which it fired; 1 when none has one.</param>
/// <param name="MsAQuestion">The time of one question, in milliseconds.</param>
sealed record MatchReport(
    int Questions, double Accuracy, double Precision, double Recall, Percentiles MsAQuestion, IReadOnlyList<Miss> Misses)
{
    /// <param name="answers">What fired on each question, null for nothing; at least one.</param>
    /// <param name="times">The time of each question, in milliseconds.</param>
    public static MatchReport Of(IReadOnlyList<(Question Question, string? Fired)> answers, IEnumerable<double> times)
    {
        var right = answers.Count(answer => answer.Fired is not null && answer.Fired == answer.Question.Card);
        Miss[] misses = [.. answers.Where(answer => (answer.Fired ?? "") != answer.Question.Card)
            .Select(answer => new Miss(answer.Question.Line, answer.Question.Text, answer.Question.Card, answer.Fired))];
        return new MatchReport(
            answers.Count,
            Share(answers.Count - misses.Length, answers.Count),
            Share(right, answers.Count(answer => answer.Fired is not null)),
            Share(right, answers.Count(answer => answer.Question.Card.Length > 0)),
            Percentiles.Of(times)!,
            misses);
    }

    static double Share(int part, int all) => all == 0 ? 1 : (double)part / all;
}

/// <summary>A question on which the wrong card fired, or none, or one too many.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Card">The card that should have fired; empty for none.</param>
/// <param name="Fired">The card that did; null for none.</param>
sealed record Miss(long Line, string Text, string Card, string? Fired);
