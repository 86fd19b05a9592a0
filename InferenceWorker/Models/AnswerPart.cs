namespace Teleprompter.InferenceWorker.Models;

/// <summary>A piece of an answer.</summary>
/// <param name="Text">The words to append; with <paramref name="Replaces"/> the whole answer so far, empty when nothing of it was meant to
/// be said.</param>
/// <param name="Replaces">Takes back what came before: it was the model's thoughts, or ended in a sentence that was cut.</param>
public sealed record AnswerPart(string Text, bool Replaces = false)
{
    /// <summary>
    /// The figures, dates and promises of the answer so far that nothing in the prompt supports, as they are written; null where they
    /// are the same as before.
    /// </summary>
    public IReadOnlyList<string>? UnsupportedFigures { get; init; }

    /// <summary>Only in a first part: the model that writes the answer.</summary>
    public string? Model { get; init; }

    /// <summary>Only in a first part: the prompt was sent twice, since first words were late.</summary>
    public bool Hedged { get; init; }

    /// <summary>This piece and the next one as one.</summary>
    internal AnswerPart With(AnswerPart next) =>
        next.Replaces
            ? next with { Model = Model, Hedged = Hedged }
            : this with { Text = Text + next.Text, UnsupportedFigures = next.UnsupportedFigures ?? UnsupportedFigures };
}
