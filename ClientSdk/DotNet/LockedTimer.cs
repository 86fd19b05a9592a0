namespace Teleprompter.ClientSdk;

/// <summary>Timers that run under the client's lock.</summary>
static class LockedTimer
{
    public static ITimer CreateTimer(this TimeProvider time, Lock gate, Action elapsed) => time.CreateTimer(
        _ =>
        {
            lock (gate)
            {
                elapsed();
            }
        },
        null,
        Timeout.InfiniteTimeSpan,
        Timeout.InfiniteTimeSpan);
}
