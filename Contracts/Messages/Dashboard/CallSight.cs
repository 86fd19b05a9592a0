namespace Teleprompter.Contracts.Dashboard;

/// <summary>Something seen of a watched call: one of the two.</summary>
/// <param name="Event">
/// An event as the rep gets it, numbered for this watcher from 1; after a <see cref="Restored"/>, what came before is replaced.
/// </param>
/// <param name="Records">Records that are new or changed, oldest first; the first ones are the last fifty.</param>
public sealed record CallSight(CallEvent? Event, IReadOnlyList<TurnRecord>? Records);
