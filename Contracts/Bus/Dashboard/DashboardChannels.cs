namespace Teleprompter.Bus.Dashboard;

/// <summary>The channels of the dashboard.</summary>
public static class DashboardChannels
{
    /// <summary>Gateways with viewers say here that they watch.</summary>
    public static BusChannel<DashboardWatch> Watches { get; } = new("feed:watch", DashboardBusJson.Default.DashboardWatch, "feed:watch");

    /// <summary>What workers tell of their turns and calls, while somebody watches.</summary>
    public static BusChannel<WorkerDashboard> Workers { get; } =
        new("feed:workers", DashboardBusJson.Default.WorkerDashboard, "feed:workers");

    /// <summary>How gateways stand, while somebody watches.</summary>
    public static BusChannel<GatewayDashboard> Gateways { get; } =
        new("feed:gateways", DashboardBusJson.Default.GatewayDashboard, "feed:gateways");

    /// <summary>What the owner of a call tells a watcher of it.</summary>
    public static BusChannel<CallSightings> CallWatch(string watchId) =>
        new($"feed:call:{watchId}", DashboardBusJson.Default.CallSightings, "feed:call:{watchId}");

    /// <summary>Where the gateway of a call says that the rep's panel has a line.</summary>
    public static BusChannel<LineShown> Line(string nudgeId) =>
        new($"feed:line:{nudgeId}", DashboardBusJson.Default.LineShown, "feed:line:{nudgeId}");
}
