namespace Teleprompter.Tests.Integration.Models;

/// <summary>The clock of a process that does not run when its timers are due.</summary>
sealed class LateTimers(TimeSpan late) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LateTimer(base.CreateTimer(callback, state, Late(dueTime), period), Late);

    TimeSpan Late(TimeSpan due) => due == Timeout.InfiniteTimeSpan ? due : due + late;

    sealed class LateTimer(ITimer timer, Func<TimeSpan, TimeSpan> late) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(late(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
