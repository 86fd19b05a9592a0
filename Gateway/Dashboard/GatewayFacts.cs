using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>What this gateway tells of itself.</summary>
public sealed class GatewayFacts(GatewayName name, Readiness readiness, LiveCalls calls, FleetWatch fleet, WorkerDirectory workers)
{
    public GatewayView View() => new(
        name.Id,
        name.Version,
        HeardAtMs: 0,
        Gone: false,
        readiness.Draining,
        calls.Count,
        fleet.Viewers,
        workers.Alive,
        GatewayTelemetry.Refused);
}
