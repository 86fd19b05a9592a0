namespace Teleprompter.Contracts.Dashboard;

/// <summary>What a team lead hears.</summary>
public interface IDashboardClient
{
    /// <summary>What changed since the view before.</summary>
    /// <param name="view">It.</param>
    /// <returns>When written to the connection.</returns>
    Task Receive(FleetView view);
}
