using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Compares what the rep has said with suggestions.</summary>
/// <param name="shown">The suggestions, each with what the rep has said since it was shown.</param>
sealed class SaidComparison(IReadOnlyList<(FinishedSuggestionView Suggestion, string RepWords)> shown)
    : Comparison(ComparisonKind.RepWords)
{
    public override CallInput? Answer(PlaybookEdition playbook, PassageVectors recent)
    {
        FinishedSuggestionView[] said =
        [
            .. shown.Where(pair => SaidSuggestion.Is(pair.Suggestion.Text, pair.RepWords, playbook.Vectors, recent))
                .Select(pair => pair.Suggestion),
        ];
        return said.Length > 0 ? new SayingsFound(said) : null;
    }
}
