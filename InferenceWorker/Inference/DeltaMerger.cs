using System.Runtime.CompilerServices;
using System.Text;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>
/// Fewer, larger deltas: the first leaves at once, and so does one that comes after a quiet window; those that come within a window of the last one sent
/// leave together when the window ends. Merging therefore never delays a delta by more than the window.
/// </summary>
public static class DeltaMerger
{
    /// <summary>The usual window, 25 ms: about one and a half frames of a 60 Hz screen.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(25);

    /// <summary>Merges deltas. Text that came before a failure still leaves before the failure does.</summary>
    /// <param name="deltas">The deltas.</param>
    /// <param name="window">The shortest time between two merged deltas.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it, and the source with it.</param>
    public static async IAsyncEnumerable<string> Merge(
        this IAsyncEnumerable<string> deltas, TimeSpan window, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var source = deltas.GetAsyncEnumerator(stop.Token);
        var next = source.MoveNextAsync().AsTask();
        var merged = new StringBuilder();
        var windowEnd = Task.CompletedTask;
        try
        {
            while (true)
            {
                await Task.WhenAny(next, merged.Length > 0 ? windowEnd : next);
                if (next.IsCompletedSuccessfully && await next)
                {
                    merged.Append(source.Current);
                    next = source.MoveNextAsync().AsTask();
                }

                cancellation.ThrowIfCancellationRequested();
                var over = next.IsCompleted && !(next.IsCompletedSuccessfully && await next);
                if (merged.Length > 0 && (windowEnd.IsCompleted || over))
                {
                    // The window runs from here, however long the reader keeps the delta.
                    windowEnd = Task.Delay(window, time, stop.Token);
                    yield return merged.ToString();
                    merged.Clear();
                }

                if (over)
                {
                    await next;
                    yield break;
                }
            }
        }
        finally
        {
            // The source may be waiting for its next item, and must not be disposed of before it gave up.
            Cancel(stop);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await source.DisposeAsync();
        }
    }

    // At once, not on another thread: the stream must be closed when its cancellation is.
    static void Cancel(CancellationTokenSource source) => source.Cancel();
}
