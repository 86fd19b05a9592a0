using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Fewer, larger deltas: the first leaves at once, and so does one that comes after a quiet window; those that come within a window of the
/// last one sent leave together when the window ends. Merging therefore never delays a delta by more than the window. A part that replaces
/// what came before it leaves at once.
/// </summary>
public static class DeltaMerger
{
    /// <summary>The usual window, 50 ms: twenty steps a second, faster than anybody reads.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    /// <summary>Merges deltas. Text that came before a failure still leaves before the failure does.</summary>
    /// <param name="window">The shortest time between two merged deltas.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it, and the source with it.</param>
    public static async IAsyncEnumerable<AnswerPart> Merge(
        this IAsyncEnumerable<AnswerPart> deltas,
        TimeSpan window,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

        // What happens, in its order: a delta, or null for the end of the window. No longer than the answer, whose length is capped.
        // Nobody waits for its writer, so each part goes on in the thread that brought it.
        var happened = Channel.CreateUnbounded<AnswerPart?>(
            new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
        await using var windowEnd = time.CreateTimer(
            _ => happened.Writer.TryWrite(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var reading = Read(deltas, happened.Writer, stop.Token);
        AnswerPart? merged = null;
        var inWindow = false;
        try
        {
            while (await happened.Reader.WaitToReadAsync(cancellation))
            {
                while (happened.Reader.TryRead(out var delta))
                {
                    inWindow &= delta is { Replaces: false };
                    merged = delta is null ? merged : merged?.With(delta) ?? delta;
                    if (merged is not null && !inWindow)
                    {
                        // The window runs from here, however long the reader keeps the delta.
                        inWindow = true;
                        windowEnd.Change(window, Timeout.InfiniteTimeSpan);
                        yield return merged;
                        merged = null;
                        cancellation.ThrowIfCancellationRequested();
                    }
                }
            }

            cancellation.ThrowIfCancellationRequested();
            if (merged is not null)
            {
                yield return merged;
            }

            await reading;
        }
        finally
        {
            // The stream must be closed when this is over.
            Cancel(stop);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    static async Task Read(IAsyncEnumerable<AnswerPart> deltas, ChannelWriter<AnswerPart?> happened, CancellationToken cancellation)
    {
        try
        {
            await foreach (var delta in deltas.WithCancellation(cancellation))
            {
                happened.TryWrite(delta);
            }
        }
        finally
        {
            happened.TryComplete();
        }
    }

    // At once, not on another thread: the stream must be closed when its cancellation is.
    static void Cancel(CancellationTokenSource source) => source.Cancel();
}
