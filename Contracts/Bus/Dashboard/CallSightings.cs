using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>What the owner of a watched call tells its watchers.</summary>
/// <param name="Snapshot">The call as it stands, with the place of the last event before it; null where only records are told.</param>
/// <param name="Records">A record that is new or changed; with a snapshot, the last fifty.</param>
/// <param name="Revision">Rises by one with every record that is new or changed under this owner.</param>
public sealed record CallSightings(FromWorker? Snapshot, IReadOnlyList<TurnRecord> Records, long Revision = 0);
