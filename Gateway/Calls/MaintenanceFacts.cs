namespace Teleprompter.Gateway.Calls;

/// <summary>How a live call stands.</summary>
/// <param name="Ended">It is over for its connection.</param>
/// <param name="Stalled">How long the connection has not accepted the event that is being sent.</param>
/// <param name="Behind">The owner knows that the connection does not read.</param>
/// <param name="Waiting">How long the connection has been waiting for a snapshot.</param>
/// <param name="AtBoundary">No suggestion is open or on its way, and no rehearsal's buyer speaks.</param>
/// <param name="UnheldFor">How long the owner has not named the call in its heartbeats.</param>
/// <param name="OwnerDrainingFor">How long the owner has been draining; null when it is not.</param>
public sealed record MaintenanceFacts(
    bool Ended,
    TimeSpan Stalled,
    bool Behind,
    TimeSpan Waiting,
    bool AtBoundary,
    bool OwnerGone,
    TimeSpan UnheldFor,
    TimeSpan? OwnerDrainingFor);
