using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// Tells every call when the worker's lease has run out, and when it is held again. One lock for both: the last message to a call must be
/// how the lease stands. Thread-safe.
/// </summary>
sealed class LeaseWatch(WorkerLease lease, Action<CallInput> postAll)
{
    readonly Lock sync = new();
    bool lost;

    /// <summary>Checks whether the lease has run out.</summary>
    /// <returns>True where it has, and the calls were not told before.</returns>
    public bool HasRunOut()
    {
        lock (sync)
        {
            if (lost || lease.Held)
            {
                return false;
            }

            lost = true;
            postAll(new LeaseLost());
            return true;
        }
    }

    /// <summary>Extends the lease: a heartbeat came back.</summary>
    /// <param name="sentAt">When it was sent.</param>
    /// <returns>Whether the lease had run out and is held again.</returns>
    public bool Confirm(long sentAt)
    {
        lock (sync)
        {
            if (!lease.Confirm(sentAt))
            {
                return false;
            }

            lost = false;
            postAll(new RecheckWanted());
            return true;
        }
    }
}
