namespace Teleprompter.Gateway.Calls;

/// <summary>Decides what a live call needs.</summary>
public static class Maintenance
{
    /// <summary>A connection that has accepted nothing for so long is not read: a stream nobody reads still costs money.</summary>
    public static readonly TimeSpan BehindAfter = TimeSpan.FromSeconds(2.5);

    /// <summary>A connection that has accepted nothing for so long is closed.</summary>
    public static readonly TimeSpan ClosedAfter = TimeSpan.FromSeconds(10);

    /// <summary>A snapshot that has not come for so long is asked for again.</summary>
    public static readonly TimeSpan SnapshotWithin = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a call of a draining worker waits for a moment at which nothing is being written.</summary>
    public static readonly TimeSpan BoundaryWithin = TimeSpan.FromSeconds(5);

    /// <summary>A live owner that has not named a call for so long does not have it: it is told of the call twice a second.</summary>
    public static readonly TimeSpan HeldWithin = TimeSpan.FromSeconds(3);

    public static MaintenanceStep Decide(MaintenanceFacts call) => call switch
    {
        { Stalled: var stalled } when stalled >= ClosedAfter => MaintenanceStep.Close,
        { Ended: true } => MaintenanceStep.None,
        { OwnerGone: true } => MaintenanceStep.Move,
        { UnheldFor: var unheld } when unheld >= HeldWithin => MaintenanceStep.Recheck,
        { OwnerDrainingFor: { } drainingFor, AtBoundary: var quiet } when quiet || drainingFor >= BoundaryWithin => MaintenanceStep.Move,
        { Behind: false, Stalled: var stalled } when stalled >= BehindAfter => MaintenanceStep.FallBehind,
        { Waiting: var waiting } when waiting >= SnapshotWithin => MaintenanceStep.AskAgain,
        _ => MaintenanceStep.None,
    };
}
