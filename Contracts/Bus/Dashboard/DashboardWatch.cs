namespace Teleprompter.Bus.Dashboard;

/// <summary>
/// A gateway watches that has viewers, or had them seconds ago. Sent every second; who has not heard one for <see cref="Lapse"/> publishes
/// nothing. The feed is state, not events: what is lost is told again, what comes twice changes nothing, and a gateway that begins to watch
/// asks for all there is.
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
