namespace Teleprompter.Bus;

/// <summary>
/// Leases that one holder has at a time and that expire by themselves, where every gateway finds them. Every method throws
/// <see cref="CallStoreUnavailableException"/> while the store is away.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Takes a lease, or extends it.</summary>
    /// <param name="timeToLive">From now on.</param>
    /// <returns>Who holds it now: <paramref name="holder"/>, or another, who goes on holding it.</returns>
    ValueTask<string> Hold(string lease, string holder, TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Ends a lease before its time, if this holder has it.</summary>
    ValueTask Release(string lease, string holder, CancellationToken cancellationToken = default);
}
