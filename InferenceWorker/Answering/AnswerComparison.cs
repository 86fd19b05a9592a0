using Teleprompter.Bus;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Compares the model's answer with what was suggested before.</summary>
/// <param name="repeats">Receives whether it only says the same again; nothing where a newer answer takes its place.</param>
sealed class AnswerComparison(string answer, ModelPrompt prompt, TaskCompletionSource<bool> repeats) : Comparison(ComparisonKind.Answer)
{
    public override CallInput? Answer(PlaybookEdition playbook, PassageVectors recent)
    {
        repeats.TrySetResult(RepeatedAnswer.Is(answer, prompt.Turn, prompt.Earlier, playbook.Vectors, recent));
        return null;
    }
}
