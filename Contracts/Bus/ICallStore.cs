namespace Teleprompter.Bus;

/// <summary>
/// Keeps what must not be lost: each call's record, its owner and epoch, and its entries in order. An append that succeeded is what
/// <i>acknowledged</i> means. Every method throws <see cref="CallStoreUnavailableException"/> while the store is away.
/// </summary>
public interface ICallStore
{
    /// <summary>Opens a call without an owner.</summary>
    ValueTask Open(CallRecord record, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a call over, if it still belongs to whom the caller believes. The new epoch is the largest of the previous one + 1, the
    /// highest the caller has seen + 1, and the store's clock in milliseconds, so that it rises even over a lost store.
    /// </summary>
    /// <param name="expectedOwner">The worker that owned it, or null for none.</param>
    /// <param name="newOwner">The worker that shall own it.</param>
    /// <param name="highestEpochSeen">The highest epoch the caller has seen, 0 for none.</param>
    /// <returns>The ownership after the attempt: the new one, or the one that stood in the way; null when there is no such call.</returns>
    ValueTask<CallOwnership?> Claim(
        string callId,
        string? expectedOwner,
        string newOwner,
        long highestEpochSeen,
        CancellationToken cancellationToken = default);

    /// <summary>Appends an entry and renews the call's time to live.</summary>
    /// <param name="epoch">The ownership the writer believes in.</param>
    /// <returns>Whether it was kept, and why not.</returns>
    ValueTask<AppendResult> Append(string callId, long epoch, CallInput entry, CancellationToken cancellationToken = default);

    /// <summary>Reads all that is kept of a call.</summary>
    /// <returns>The call, or null when it is unknown or expired.</returns>
    ValueTask<StoredCall?> Read(string callId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a whole call back, if nothing is kept of it: what its owner does with its memory when the store comes back empty. Its
    /// epoch comes back with it, so that older writers stay fenced, but it is nobody's: its owner goes on, and whoever places the call next
    /// claims it anew, since a worker may put back what it owned before the last owner. Its time to live starts anew. What is put back is
    /// not held to the cap. Where an older owner was faster, its entries stay and the epoch alone is put right.
    /// </summary>
    /// <returns>Whether it was put back; false when something is kept of it.</returns>
    ValueTask<bool> Restore(StoredCall call, CancellationToken cancellationToken = default);

    /// <summary>Names this life of the store. Another name than before means that what was kept is gone.</summary>
    ValueTask<string> Incarnation(CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes all that is kept of a call. For <see cref="CallStoreOptions.ErasedFor"/> nothing can be appended to it, nor can it be
    /// claimed, or put back by a worker that still has it in memory.
    /// </summary>
    /// <param name="callId">The call, whether or not anything is kept of it.</param>
    /// <param name="subject">Who started it.</param>
    ValueTask Erase(string callId, string? subject, CancellationToken cancellationToken = default);

    /// <summary>The ids of the calls that somebody started, oldest first; some may have expired meanwhile.</summary>
    /// <param name="subject">Who started them; null for calls that nobody signed in for.</param>
    ValueTask<IReadOnlyList<string>> CallsOf(string? subject, CancellationToken cancellationToken = default);

    /// <summary>Sets how long a call is still kept from now on.</summary>
    /// <param name="callId">The call; an unknown one is ignored.</param>
    /// <param name="timeToLive">How long; zero or less forgets it at once.</param>
    ValueTask Expire(string callId, TimeSpan timeToLive, CancellationToken cancellationToken = default);
}
