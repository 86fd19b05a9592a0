using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>A gateway is alive. Sent every <see cref="WorkerHeartbeat.Interval"/> while somebody watches.</summary>
public sealed record GatewayDashboard(GatewayView Gateway);
