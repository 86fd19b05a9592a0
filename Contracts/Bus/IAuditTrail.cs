using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>
/// Keeps who did what with which call, apart from the calls and for a time of its own; at most <see cref="AuditOptions.MaxEntries"/>, of
/// which the oldest go first. Every method throws <see cref="CallStoreUnavailableException"/> while the store is away.
/// </summary>
public interface IAuditTrail
{
    ValueTask Append(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Reads the newest entries, newest first.</summary>
    /// <param name="which">Those that are wanted.</param>
    /// <param name="count">How many at most.</param>
    ValueTask<IReadOnlyList<AuditEntry>> Read(Func<AuditEntry, bool> which, int count, CancellationToken cancellationToken = default);
}
