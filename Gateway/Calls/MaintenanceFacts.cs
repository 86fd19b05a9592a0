namespace Teleprompter.Gateway.Calls;

/// <summary>How a live call stands.</summary>
/// <param name="Ended">It is over for its connection.</param>
/// <param name="Stalled">How long the connection has not taken the event that is being sent.</param>
/// <param name="Behind">The owner knows that the connection does not read.</param>
/// <param name="Waiting">How long a snapshot has been waited for.</param>
/// <param name="AtBoundary">No suggestion is open or on its way.</param>
/// <param name="OwnerGone">The owner is gone.</param>
/// <param name="UnheldFor">How long the owner has not named it in its heartbeats.</param>
/// <param name="OwnerDrainingFor">How long the owner has wanted to be rid of it; null when it does not.</param>
public sealed record MaintenanceFacts(
    bool Ended,
    TimeSpan Stalled,
    bool Behind,
    TimeSpan Waiting,
    bool AtBoundary,
    bool OwnerGone,
    TimeSpan UnheldFor,
    TimeSpan? OwnerDrainingFor);
