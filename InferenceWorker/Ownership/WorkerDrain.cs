using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// Announces that this worker stops, and waits until the gateways have moved its calls to other workers, each between two turns.
/// </summary>
/// <param name="calls">Its calls; one that nobody reads stays in the store.</param>
public sealed class WorkerDrain(WorkerHost host, OwnedCalls calls, TimeProvider time) : IDrain
{
    static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(100);

    public async Task Drain(CancellationToken cancellationToken)
    {
        host.StartDraining();
        while (calls.Read > 0)
        {
            await Task.Delay(CheckEvery, time, cancellationToken);
        }
    }
}
