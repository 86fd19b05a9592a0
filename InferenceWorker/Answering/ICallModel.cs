using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>The model, as one call's pipeline sees it. Nothing here waits: what comes of it comes back to the call as an input.</summary>
public interface ICallModel
{
    /// <summary>Whether a model answers now.</summary>
    ModelState State { get; }

    /// <summary>How the slots of the worker stand.</summary>
    AdmissionLoad Load { get; }

    /// <summary>Records what the call asks of the model.</summary>
    IModelUsage Usage { get; }

    /// <summary>
    /// Takes a place in the line for a stream, giving up the one the call has. Changes come back as <see cref="AdmissionMoved"/>.
    /// </summary>
    /// <param name="askedAgo">How long ago the oldest unanswered turn asked: it decides the place.</param>
    /// <returns>The ticket, as it stands.</returns>
    AdmissionTicket Ask(TimeSpan askedAgo);

    /// <summary>
    /// Takes a place that no turn needs, for an attempt ahead of a turn's end. Where a turn needs it, it expires: <see
    /// cref="AdmissionMoved"/>.
    /// </summary>
    /// <returns>The place; null when there is no room.</returns>
    AdmissionTicket? TryAskSpare();

    /// <summary>Makes a spare place that of a confirmed turn, in place of the one the call has; its stream goes on.</summary>
    /// <returns>The place; null when it was lost meanwhile.</returns>
    AdmissionTicket? Promote(AdmissionTicket spare);

    /// <summary>Gives a place up, whatever it came to.</summary>
    void Release(AdmissionTicket ticket);

    /// <summary>
    /// Has an answer written. It comes back as <see cref="WordsWritten"/>, then one <see cref="WritingEnded"/>; nothing more after a
    /// cancellation.
    /// </summary>
    /// <param name="writingId">Names the answer in what comes back.</param>
    /// <param name="cancellation">Closes the stream at once.</param>
    /// <param name="tooLate">
    /// Closes it too, where no word came: nobody waits any longer for the first, which speaks against the model.
    /// </param>
    void Write(long writingId, ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate);

    /// <summary>
    /// Has a summary written, if there is room that no turn needs; it is cut off when one does. It comes back as one <see
    /// cref="SummaryEnded"/>.
    /// </summary>
    bool TrySummarize(ModelPrompt prompt);

    /// <summary>
    /// Has a rehearsal's buyer speak, if there is room that no call needs; it is cut off when one does. Its words come back as <see
    /// cref="BuyerWords"/>, then one <see cref="BuyerEnded"/>; nothing more after a cancellation.
    /// </summary>
    /// <param name="turnId">Names the buyer's turn in what comes back.</param>
    /// <param name="cancellation">Closes the stream at once.</param>
    bool TryPlay(string turnId, ModelPrompt prompt, CancellationToken cancellation);
}
