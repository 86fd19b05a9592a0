using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// How far a worker's clock is from this gateway's. Synchronised clocks agree within milliseconds; one that is off by minutes would show
/// customers who wait for minutes.
/// </summary>
/// <param name="Behind">How far behind; below zero where it is ahead.</param>
public sealed record WorkerClock(TimeSpan Behind)
{
    /// <summary>How long a message may travel: a smaller difference counts as none.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    public static WorkerClock Agreeing { get; } = new(TimeSpan.Zero);

    /// <summary>How many slots behind; less than half a slot only blurs a border.</summary>
    public long SlotsBehind => (long)Math.Round(Behind.TotalSeconds / DashboardSlot.Seconds);

    /// <summary>The clock after a message; the same while the difference stays about the same.</summary>
    /// <param name="sentAt">By the worker's clock.</param>
    public WorkerClock After(DateTimeOffset sentAt, DateTimeOffset heardAt)
    {
        var behind = heardAt - sentAt;
        return (behind - Behind).Duration() < Tolerance ? this
            : behind.Duration() < Tolerance ? Agreeing
            : new WorkerClock(behind);
    }

    /// <summary>What the worker tells, with the times of this gateway's clock.</summary>
    public WorkerDashboard Adjust(WorkerDashboard feed) => this == Agreeing ? feed : feed with
    {
        Slots = [.. feed.Slots.Select(slot => slot with { Start = slot.Start + (SlotsBehind * DashboardSlot.Seconds) })],
        Oldest = feed.Oldest + (SlotsBehind * DashboardSlot.Seconds),
        Calls = [.. feed.Calls.Select(Adjust)],
    };

    CallFacts Adjust(CallFacts facts) => facts with
    {
        View = facts.View with
        {
            StartedAtMs = Adjust(facts.View.StartedAtMs),
            RepHeardAtMs = Adjust(facts.View.RepHeardAtMs),
            CustomerHeardAtMs = Adjust(facts.View.CustomerHeardAtMs),
            WaitingSinceMs = Adjust(facts.View.WaitingSinceMs),
        },
    };

    long Adjust(long ms) => ms + (long)Behind.TotalMilliseconds;

    long? Adjust(long? ms) => ms is { } moment ? Adjust(moment) : null;
}
