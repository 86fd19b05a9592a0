namespace Teleprompter.Contracts.Dashboard;

/// <summary>
/// What a team lead sees of the whole fleet. The first one is whole; each later one carries what changed and has the next number. A viewer
/// that finds a gap in the numbers asks for a whole one again. All moments are milliseconds since 1970.
/// </summary>
/// <param name="Number">Contiguous within a gateway's watch.</param>
/// <param name="AtMs">When it was made, by the gateway's clock.</param>
/// <param name="Whole">Whether <paramref name="Series"/> and <paramref name="Calls"/> are all there is, or only what changed.</param>
/// <param name="Targets">What is aimed at.</param>
/// <param name="Windows">The last 1, 5, 15 and 60 minutes, whole in every view.</param>
/// <param name="Series">Ten seconds each, oldest first, of the last hour; those in which nothing happened are left out.</param>
/// <param name="Calls">Live calls.</param>
/// <param name="Gone">Calls that are over, where the view is not whole.</param>
/// <param name="Workers">All workers heard of in the last minute, whole in every view.</param>
/// <param name="Gateways">All gateways heard of in the last minute, whole in every view.</param>
public sealed record FleetView(
    long Number,
    long AtMs,
    bool Whole,
    LeadTargets Targets,
    IReadOnlyList<WindowView> Windows,
    IReadOnlyList<SlotView> Series,
    IReadOnlyList<LiveCallView> Calls,
    IReadOnlyList<string> Gone,
    IReadOnlyList<WorkerView> Workers,
    IReadOnlyList<GatewayView> Gateways);
