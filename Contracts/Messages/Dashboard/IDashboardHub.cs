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

/// <summary>What a team lead hears.</summary>
public interface IDashboardClient
{
    /// <summary>What changed since the view before.</summary>
    /// <param name="view">It.</param>
    /// <returns>When written to the connection.</returns>
    Task Receive(FleetView view);
}

/// <summary>Something seen of a watched call: one of the two.</summary>
/// <param name="Event">
/// An event as the rep gets it, numbered for this watcher from 1; after a <see cref="Restored"/>, what came before is replaced.
/// </param>
/// <param name="Records">Records that are new or changed, oldest first; the first ones are the last fifty.</param>
public sealed record CallSight(CallEvent? Event, IReadOnlyList<TurnRecord>? Records);

/// <summary>What became of a line to a rep.</summary>
/// <param name="NudgeId">The line.</param>
/// <param name="Shown">The rep's panel said that it has it. False says nothing: the line or the receipt may have been lost.</param>
/// <param name="AfterMs">From sending it to the receipt, in milliseconds.</param>
public sealed record LineReceipt(string NudgeId, bool Shown, double AfterMs);
