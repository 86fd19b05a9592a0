using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Compares an answer with what was suggested before, once its last word is written and beside the call's loop: no word of it waits, only
/// its completion does, and for <see cref="Patience"/> at most.
/// </summary>
/// <param name="matching">Compares the texts of the call.</param>
/// <param name="time">The clock.</param>
public sealed class RepetitionCheck(CallMatching matching, TimeProvider time)
{
    /// <summary>An answer that has not been compared after this time counts as new.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>How long what was suggested is not to be suggested again.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    /// <summary>Whether a whole answer only says again what was suggested before.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants to know any more.</exception>
    public async Task<bool> Repeats(string answer, ModelPrompt prompt, CancellationToken cancellationToken)
    {
        if (Abstention.Is(answer) || !RepeatedAnswer.MayBe(answer, prompt.Earlier))
        {
            return false;
        }

        var found = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        matching.Ask(new AnswerComparison(answer, prompt, found));
        try
        {
            var repeats = await found.Task.WaitAsync(Patience, time, cancellationToken);
            WorkerTelemetry.Compare(repeats ? "repeats" : "new");
            return repeats;
        }
        catch (TimeoutException)
        {
            WorkerTelemetry.Compare("late");
            return false;
        }
    }
}
