using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Cli.Match;

/// <summary>A question on which the wrong card fired, or none, or one too many.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Card">The card that should have fired; empty for none.</param>
/// <param name="Fired">The card that did; null for none.</param>
/// <param name="Nearest">The card that came nearest; null when there was none.</param>
/// <param name="Confidence">The confidence in it, 0 to 1; it fires from 0.5 on.</param>
/// <param name="Own">The closest example of the card that should have fired, or of small talk.</param>
/// <param name="Rival">The closest example of anything else, which was in its way.</param>
sealed record Miss(
    long Line, string Text, string Card, string? Fired, string? Nearest, double Confidence, CloseExample? Own, CloseExample? Rival)
{
    public static Miss Of(PlaybookEdition edition, Question question, CardMatch? best)
    {
        var wanted = question.Card.Length == 0 ? null : question.Card;
        var closest = edition.Closest(question.Text);
        return new Miss(
            question.Line,
            question.Text,
            question.Card,
            PlaybookEdition.Sure(best)?.Card.Id,
            best?.Card.Id,
            best?.Confidence ?? 0,
            closest.FirstOrDefault(example => example.CardId == wanted),
            closest.FirstOrDefault(example => example.CardId != wanted));
    }
}
