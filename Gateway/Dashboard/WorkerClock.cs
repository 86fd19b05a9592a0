using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// How far a worker's clock is from this gateway's, and what the worker tells dated by this gateway's clock. Clocks that are kept agree within milliseconds; one
/// that is off by minutes would show customers who wait for minutes, and a past that never was.
/// </summary>
/// <param name="Behind">How far behind; below zero where it is ahead.</param>
public sealed record WorkerClock(TimeSpan Behind)
{
    /// <summary>What a message's way may take: a difference below that is none.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>A clock that agrees.</summary>
    public static WorkerClock Agreeing { get; } = new(TimeSpan.Zero);

    /// <summary>How many slots behind; less than half a slot blurs a border, no more.</summary>
    public long SlotsBehind => (long)Math.Round(Behind.TotalSeconds / DashboardSlot.Seconds);

    /// <summary>The clock after a message: the same, as long as the difference is about the same.</summary>
    /// <param name="sentAt">By the worker's clock.</param>
    /// <param name="heardAt">By this gateway's.</param>
    /// <returns>The clock.</returns>
    public WorkerClock After(DateTimeOffset sentAt, DateTimeOffset heardAt)
    {
        var behind = heardAt - sentAt;
        return (behind - Behind).Duration() < Tolerance ? this
            : behind.Duration() < Tolerance ? Agreeing
            : new WorkerClock(behind);
    }

    /// <summary>Dates what the worker tells.</summary>
    /// <param name="feed">As told.</param>
    /// <returns>The same, by this gateway's clock.</returns>
    public WorkerDashboard Date(WorkerDashboard feed) => this == Agreeing ? feed : feed with
    {
        Slots = [.. feed.Slots.Select(slot => slot with { Start = slot.Start + (SlotsBehind * DashboardSlot.Seconds) })],
        Oldest = feed.Oldest + (SlotsBehind * DashboardSlot.Seconds),
        Calls = [.. feed.Calls.Select(Date)],
    };

    CallFacts Date(CallFacts facts) => facts with
    {
        View = facts.View with
        {
            StartedAtMs = Date(facts.View.StartedAtMs),
            RepHeardAtMs = Date(facts.View.RepHeardAtMs),
            CustomerHeardAtMs = Date(facts.View.CustomerHeardAtMs),
            WaitingSinceMs = Date(facts.View.WaitingSinceMs),
        },
    };

    long Date(long ms) => ms + (long)Behind.TotalMilliseconds;

    long? Date(long? ms) => ms is { } moment ? Date(moment) : null;
}
