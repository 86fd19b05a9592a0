namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// A worker's right to send events. It is held while the worker's own heartbeats come back to it over the bus: a worker that was frozen or
/// cut off stops sending before the gateways give its calls to others (after <see cref="Bus.WorkerHeartbeat.Timeout"/>), so that two never
/// send at once.
/// </summary>
/// <param name="time">The clock; only its monotonic part counts.</param>
public sealed class WorkerLease(TimeProvider time)
{
    /// <summary>How long one confirmed heartbeat lasts, from when it was sent.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(1.2);

    long confirmedAt = time.GetTimestamp();

    /// <summary>Whether the worker may send events.</summary>
    public bool Held => time.GetElapsedTime(Volatile.Read(ref confirmedAt)) < Length;

    /// <summary>Extends the lease: a heartbeat came back.</summary>
    /// <param name="sentAt">When it was sent, a timestamp of this clock.</param>
    /// <returns>Whether the lease had run out and is held again.</returns>
    public bool Confirm(long sentAt)
    {
        var heldBefore = Held;
        Volatile.Write(ref confirmedAt, sentAt);
        return !heldBefore && Held;
    }
}
