using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Writes answers, token by token, and only what is to be said of them. Thread-safe.</summary>
public interface ILanguageModel
{
    /// <summary>Whether answers can be expected now.</summary>
    ModelState State { get; }

    /// <summary><see cref="State"/> changed; read it anew. Raised on any thread; handlers return at once.</summary>
    event EventHandler? StateChanged;

    /// <summary>
    /// Asks the model. The first piece comes as soon as the model sent words to say. Cancelling, or leaving the enumeration, closes the
    /// HTTP stream at once, so that the model stops generating.
    /// </summary>
    /// <param name="cancellation">Withdraws the question, which says nothing of the model.</param>
    /// <param name="tooLate">Withdraws it because no first delta came in the time in which one was of use: a failure of the model. Means
    /// nothing later.</param>
    /// <returns>The answer in pieces; none at all when the model had nothing to say.</returns>
    /// <exception cref="ModelException">It failed. Before the first delta, the retry or the fallback model failed as well.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    IAsyncEnumerable<AnswerPart> Stream(ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate = default);
}
