using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>
/// What a worker tells of its turns and calls: what changed since it last told, or all there is. A watching gateway tells the slots of
/// workers that are gone in the same way, for those who begin to watch later.
/// </summary>
/// <param name="SentAt">When, by the clock that all its moments are of.</param>
/// <param name="Slots">Stretches of ten seconds that changed.</param>
/// <param name="Oldest">Start of the oldest slot that it holds, in seconds since 1970.</param>
/// <param name="Revisions">Sum of the revisions of all slots it holds: a gateway that comes to another sum has missed something.</param>
/// <param name="Load">How full it is; null where a gateway speaks for it.</param>
/// <param name="Gone">Its last sign of life, where a gateway speaks for it and has heard one.</param>
public sealed record WorkerDashboard(
    string WorkerId,
    DateTimeOffset SentAt,
    IReadOnlyList<DashboardSlot> Slots,
    long Oldest,
    long Revisions,
    IReadOnlyList<CallFacts> Calls,
    WorkerLoad? Load,
    GoneWorker? Gone = null);
