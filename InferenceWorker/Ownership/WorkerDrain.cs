using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>Says that this worker leaves, and waits until the gateways have given its calls to others, each at a moment that disturbs nobody.</summary>
/// <param name="host">The worker.</param>
/// <param name="calls">Its calls; one that nobody reads is in the store, and waits there.</param>
/// <param name="time">The clock.</param>
public sealed class WorkerDrain(WorkerHost host, OwnedCalls calls, TimeProvider time) : IDrain
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task Drain(CancellationToken cancellationToken)
    {
        host.StartDraining();
        while (calls.Read > 0)
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }
}
