using System.IO.Pipelines;

namespace Teleprompter.Gateway.Hub;

/// <summary>A connection's input, read at its pace. What is not read yet stays with the client.</summary>
#pragma warning disable CA1001 // Nobody knows when the last CancelPendingRead has come, and without a timer the source holds nothing.
public sealed class PacedReader(PipeReader input, ReadingPace pace, TimeProvider time) : PipeReader
#pragma warning restore CA1001
{
    readonly CancellationTokenSource cancelled = new();

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        pace.SpendRead();
        if (pace.Wait is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancelled.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await input.ReadAsync(cancellationToken);
    }

    public override bool TryRead(out ReadResult result) => input.TryRead(out result);

    public override void CancelPendingRead()
    {
        cancelled.Cancel();
        input.CancelPendingRead();
    }

    public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

    public override void Complete(Exception? exception = null) => input.Complete(exception);
}
