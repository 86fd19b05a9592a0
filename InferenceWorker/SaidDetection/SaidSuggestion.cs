using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Whether the rep said what a suggestion proposed: all of it, or one of its sentences.</summary>
public static class SaidSuggestion
{
    /// <summary>Whether it was said.</summary>
    /// <param name="repWords">What the rep said since it was shown.</param>
    /// <param name="vectors">Compares by meaning, too; null for words alone.</param>
    /// <param name="recent">The vectors of what was compared before.</param>
    public static bool Is(string suggestion, string repWords, TextVectors? vectors, PassageVectors recent) =>
        Share(suggestion, repWords, vectors, recent) >= Restatement.Enough;

    /// <summary>How much of a suggestion was said.</summary>
    /// <returns>That of the whole or of the sentence that was said most; 1 and more is enough.</returns>
    /// <inheritdoc cref="Is"/>
    public static double Share(string suggestion, string repWords, TextVectors? vectors, PassageVectors recent) =>
        Restatement.SentencesOf(suggestion).Prepend(suggestion).Max(part => Restatement.Of(part, repWords, vectors, recent));
}
