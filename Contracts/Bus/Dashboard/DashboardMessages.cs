using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>
/// A gateway with viewers watches. Sent every second; who has not heard one for <see cref="Lapse"/> publishes nothing. The feed is state,
/// not events: what is lost is told again, what comes twice changes nothing, and a gateway that begins to watch asks for all there is.
/// </summary>
/// <param name="Everything">Everyone shall tell all there is, not only what changes.</param>
/// <param name="Whole">The workers that shall tell all there is.</param>
public sealed record DashboardWatch(string GatewayId, bool Everything, IReadOnlyList<string> Whole)
{
    /// <summary>How often a watching gateway says so.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Silence after which nobody watches.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(3);
}

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

/// <summary>The last sign of life of a worker that is gone.</summary>
/// <param name="HeardAt">When a gateway heard it.</param>
public sealed record GoneWorker(WorkerHeartbeat Heartbeat, DateTimeOffset HeardAt);

/// <summary>A gateway is alive. Sent every <see cref="WorkerHeartbeat.Interval"/> while somebody watches.</summary>
public sealed record GatewayDashboard(GatewayView Gateway);

/// <summary>Ten seconds of a worker.</summary>
/// <param name="Start">When they began, in seconds since 1970; a multiple of <see cref="Seconds"/>.</param>
/// <param name="Revision">Rises with every change; a higher one replaces a lower one.</param>
/// <param name="Cards">
/// The cards that came up, each once, in any order; null for none. Beside the tally, since it still changes when the rest has long been
/// settled.
/// </param>
public sealed record DashboardSlot(long Start, long Revision, DashboardTally Tally, IReadOnlyList<CardUse>? Cards = null)
{
    /// <summary>How long a slot is, in seconds.</summary>
    public const int Seconds = 10;

    /// <summary>How long slots are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(60);

    /// <summary>The slot of a moment.</summary>
    /// <returns>Its start, in seconds since 1970.</returns>
    public static long StartOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / Seconds * Seconds;

    /// <summary>The oldest slot that is kept.</summary>
    /// <returns>Its start, in seconds since 1970.</returns>
    public static long OldestAt(DateTimeOffset now) => StartOf(now - Kept) + Seconds;
}

/// <summary>A live call.</summary>
/// <param name="Epoch">The ownership; a higher one replaces a lower one.</param>
/// <param name="Team">The team whose leads may see it; null for none.</param>
public sealed record CallFacts(long Epoch, LiveCallView View, string? Team = null);

/// <summary>What the owner of a watched call tells its watchers.</summary>
/// <param name="Snapshot">The call as it stands, with the place of the last event before it; null where only records are told.</param>
/// <param name="Records">A record that is new or changed; with a snapshot, the last fifty.</param>
/// <param name="Revision">Rises by one with every record that is new or changed under this owner.</param>
public sealed record CallSightings(FromWorker? Snapshot, IReadOnlyList<TurnRecord> Records, long Revision = 0);

/// <summary>The panel of a call says that it has a line.</summary>
public sealed record LineShown(string NudgeId);
