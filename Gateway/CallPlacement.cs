using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;

namespace Teleprompter.Gateway;

/// <summary>Finds each call a worker: the owner it has, while that one lives, else a live one that claims it.</summary>
/// <param name="store">Decides who owns a call.</param>
/// <param name="workers">Who is alive.</param>
public sealed class CallPlacement(ICallStore store, WorkerDirectory workers)
{
    /// <summary>How long a call waits for a first worker to show up: as long as it takes a started one to be heard.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Places a call.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="current">Its owner; null when nobody owned it yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Who owns it now.</returns>
    /// <exception cref="HubException">No worker is alive, or the call is gone.</exception>
    public async Task<CallOwnership> Place(string callId, CallOwnership? current, CancellationToken cancellationToken)
    {
        while (current is null || !workers.IsAlive(current.WorkerId))
        {
            var chosen = workers.Choose();
            if (chosen is null && await workers.WaitForHeartbeat(Patience, cancellationToken))
            {
                continue;
            }

            if (chosen is null)
            {
                throw new HubException("No worker is running, so nothing would answer. Start one, then try again.");
            }

            current = await store.Claim(callId, current?.WorkerId, chosen, current?.Epoch ?? 0, cancellationToken)
                ?? throw new HubException("The call has expired. Start a new one.");
        }

        return current;
    }
}
