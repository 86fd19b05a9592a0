using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Bus;

/// <summary>Every channel there is.</summary>
public static class BusChannels
{
    /// <summary>The kind of <see cref="Worker"/>.</summary>
    public const string WorkerKind = "worker:{workerId}";

    /// <summary>The kind of <see cref="Call"/>.</summary>
    public const string CallKind = "call:{callId}";

    /// <summary>Heartbeats of all workers.</summary>
    public static BusChannel<WorkerHeartbeat> Workers { get; } = new("workers", BusJson.Default.WorkerHeartbeat, "workers");

    /// <summary>What gateways say to one worker about its calls.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<ToWorker> Worker(string workerId) => new($"worker:{workerId}", BusJson.Default.ToWorker, WorkerKind);

    /// <summary>Heartbeats of the gateways that hold connections of one worker's calls.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<GatewayHeartbeat> Gateways(string workerId) => new($"worker:{workerId}:gateways", BusJson.Default.GatewayHeartbeat, "worker:{workerId}:gateways");

    /// <summary>What the owner of a call says to the gateway that holds its socket.</summary>
    /// <param name="callId">The call.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<FromWorker> Call(string callId) => new($"call:{callId}", BusJson.Default.FromWorker, CallKind);

    /// <summary>Gateways with viewers say here that they watch.</summary>
    public static BusChannel<DashboardWatch> DashboardWatches { get; } = new("feed:watch", BusJson.Default.DashboardWatch, "feed:watch");

    /// <summary>What workers tell of their turns and calls, while somebody watches.</summary>
    public static BusChannel<WorkerDashboard> WorkerDashboards { get; } = new("feed:workers", BusJson.Default.WorkerDashboard, "feed:workers");

    /// <summary>How gateways stand, while somebody watches.</summary>
    public static BusChannel<GatewayDashboard> GatewayDashboards { get; } = new("feed:gateways", BusJson.Default.GatewayDashboard, "feed:gateways");

    /// <summary>What the owner of a call tells a watcher of it.</summary>
    /// <param name="watchId">The watcher.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<CallSightings> CallWatch(string watchId) => new($"feed:call:{watchId}", BusJson.Default.CallSightings, "feed:call:{watchId}");

    /// <summary>Where the gateway of a call says that the rep's panel has a line.</summary>
    /// <param name="nudgeId">The line.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<LineShown> Line(string nudgeId) => new($"feed:line:{nudgeId}", BusJson.Default.LineShown, "feed:line:{nudgeId}");
}
