using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Placement;

/// <summary>Places each call on a worker: its owner while that one is alive and not draining, else the less loaded of two others.</summary>
public sealed class CallPlacement(ICallStore store, WorkerDirectory workers, TimeProvider time)
{
    /// <summary>How long a call waits for a worker: as long as a started one needs to be heard of.</summary>
    public static readonly TimeSpan WorkerWithin = TimeSpan.FromSeconds(2);

    static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Places a call.</summary>
    /// <param name="current">Its owner; null when it has none yet.</param>
    /// <param name="doubted">The store has refused a write under that ownership: it knows a newer one.</param>
    /// <returns>The owner; null when the store has no such call.</returns>
    /// <exception cref="HubException">No worker is alive.</exception>
    public async Task<CallOwnership?> Place(string callId, CallOwnership? current, bool doubted, CancellationToken cancellationToken)
    {
        if (doubted)
        {
            if (await store.Read(callId, cancellationToken) is not { } stored)
            {
                return null;
            }

            current = stored.Ownership ?? current;
        }

        var start = time.GetTimestamp();
        while (current is null or { WorkerId: "" } || workers.IsGone(current.WorkerId) || workers.IsDraining(current.WorkerId))
        {
            var chosen = workers.Choose();
            if (chosen is null)
            {
                if (time.GetElapsedTime(start) >= WorkerWithin)
                {
                    var refusal = new Refusal("No worker is running, so nothing would answer. Start one, then try again.", MayRetry: true);
                    throw new HubException(refusal.ToString());
                }

                await Task.Delay(RetryInterval, time, cancellationToken);
                continue;
            }

            current = await store.Claim(callId, current?.WorkerId, chosen, current?.Epoch ?? 0, cancellationToken);
            if (current is null)
            {
                return null;
            }
        }

        return current;
    }
}
