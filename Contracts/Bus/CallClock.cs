namespace Teleprompter.Bus;

/// <summary>
/// The call's clock: how long ago the call was accepted. Monotonic from the moment this object is made, so a stepped wall clock cannot
/// disturb it.
/// </summary>
/// <param name="time">The machine's clock.</param>
/// <param name="startedAt">When the call was accepted.</param>
public sealed class CallClock(TimeProvider time, DateTimeOffset startedAt)
{
    readonly long origin = time.GetTimestamp();
    readonly TimeSpan before = TimeSpan.FromTicks(Math.Max(0, (time.GetUtcNow() - startedAt).Ticks));

    /// <summary>Time since the call was accepted.</summary>
    public TimeSpan Now => before + time.GetElapsedTime(origin);

    /// <summary>The earliest of some times; null where none is set.</summary>
    public static TimeSpan? Earliest(params ReadOnlySpan<TimeSpan?> times)
    {
        TimeSpan? earliest = null;
        foreach (var moment in times)
        {
            earliest = earliest <= moment ? earliest : moment ?? earliest;
        }

        return earliest;
    }

    /// <summary>When something was, on the wall clock as it stands now.</summary>
    /// <param name="moment">When, on the call's clock.</param>
    /// <returns>The wall clock's time.</returns>
    public DateTimeOffset At(TimeSpan moment) => time.GetUtcNow() - (Now - moment);
}
