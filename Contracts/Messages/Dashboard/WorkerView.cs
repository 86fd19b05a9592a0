namespace Teleprompter.Contracts.Dashboard;

/// <summary>A worker.</summary>
/// <param name="WorkerId">Its id, new with every start.</param>
/// <param name="Version">The build it runs.</param>
/// <param name="HeardAtMs">When this gateway last heard its heartbeat, in milliseconds since 1970.</param>
/// <param name="Gone">Its heartbeat is overdue.</param>
/// <param name="Draining">It hands its calls over and takes no new ones.</param>
/// <param name="Calls">Calls it owns.</param>
/// <param name="PlaybookVersion">The playbook it answers from.</param>
/// <param name="PlaybookErrors">Broken playbook files.</param>
/// <param name="ClockBehindMs">
/// How far its clock is behind this gateway's, below zero where ahead; what it tells is put right by it. Zero for less than a second.
/// </param>
/// <param name="Load">How full it is; null until it says so, and when it is gone.</param>
public sealed record WorkerView(
    string WorkerId,
    string Version,
    long HeardAtMs,
    bool Gone,
    bool Draining,
    int Calls,
    string PlaybookVersion,
    int PlaybookErrors,
    long ClockBehindMs,
    WorkerLoad? Load);
