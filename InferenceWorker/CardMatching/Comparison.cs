using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>Texts of a call that are to be compared, which takes some milliseconds.</summary>
public abstract class Comparison(ComparisonKind kind)
{
    public ComparisonKind Kind => kind;

    /// <summary>Compares.</summary>
    /// <param name="playbook">The cards in force, and what compares texts.</param>
    /// <param name="recent">The vectors of what the call compared before.</param>
    /// <returns>What the call is told; null for nothing.</returns>
    public abstract CallInput? Answer(PlaybookEdition playbook, PassageVectors recent);
}
