namespace Teleprompter.Bus;

/// <summary>
/// Leases that one holder, or so many, have at a time and that expire by themselves, where every gateway finds them. Every method throws
/// <see cref="CallStoreUnavailableException"/> while the store is away.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Takes one of a lease's places, or extends the holder's own.</summary>
    /// <param name="timeToLive">From now on.</param>
    /// <param name="places">How many may hold it at a time.</param>
    /// <returns>Who holds it now; without <paramref name="holder"/> where others have all places.</returns>
    ValueTask<IReadOnlyList<string>> Hold(
        string lease, string holder, TimeSpan timeToLive, int places = 1, CancellationToken cancellationToken = default);

    /// <summary>Ends a holder's part before its time.</summary>
    ValueTask Release(string lease, string holder, CancellationToken cancellationToken = default);
}
