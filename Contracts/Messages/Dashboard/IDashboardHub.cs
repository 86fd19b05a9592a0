namespace Teleprompter.Contracts.Dashboard;

/// <summary>What a team lead may ask, at <c>/hubs/lead</c>.</summary>
public interface IDashboardHub
{
    /// <summary>
    /// Begins to watch the fleet: what changes comes by <see cref="IDashboardClient.Receive"/>, at most twice a second. Asked again, gives
    /// the whole view again.
    /// </summary>
    /// <returns>The whole view as it is now.</returns>
    Task<FleetView> Watch();

    /// <summary>
    /// Watches one call as its rep sees it: first a snapshot, then its events, and the records of its turns. Ends with the call.
    /// </summary>
    /// <param name="callId">The call.</param>
    /// <param name="cancellationToken">Stops watching.</param>
    /// <returns>What happens.</returns>
    IAsyncEnumerable<CallSight> WatchCall(string callId, CancellationToken cancellationToken);

    /// <summary>Sends the rep of a call a line, and waits until the rep's panel says that it has it, for two seconds at most.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="text">The line, 1 to 300 characters.</param>
    /// <returns>Whether it arrived.</returns>
    Task<LineReceipt> SendLine(string callId, string text);

    /// <summary>Lets the connection live as long as the sign-in behind a new ticket.</summary>
    /// <param name="ticket">Of the same person as the connection's own.</param>
    /// <returns>When in force.</returns>
    Task RenewSignIn(string ticket);
}
