using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>A call's model, seen by its observer: what is asked, and what is cancelled.</summary>
/// <param name="model">The model.</param>
/// <param name="observer">The observer.</param>
public sealed class ObservedModel(ICallModel model, CallObserver observer) : ICallModel
{
    /// <inheritdoc/>
    public ModelState State => model.State;

    /// <inheritdoc/>
    public AdmissionTicket Ask(TimeSpan askedAgo) => model.Ask(askedAgo);

    /// <inheritdoc/>
    public void Release(AdmissionTicket ticket) => model.Release(ticket);

    /// <inheritdoc/>
    public void Write(long writingId, ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate)
    {
        observer.Prompted(writingId, prompt);
        cancellation.UnsafeRegister(_ => observer.Cancelled(writingId), state: null);
        model.Write(writingId, prompt, cancellation, tooLate);
    }

    /// <inheritdoc/>
    public bool TrySummarize(ModelPrompt prompt)
    {
        var asked = model.TrySummarize(prompt);
        if (asked)
        {
            observer.Summarized(prompt);
        }

        return asked;
    }
}
