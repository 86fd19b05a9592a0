using Microsoft.Extensions.Hosting;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>Gives native memory that is free back to the system once a minute.</summary>
/// <param name="time">The clock.</param>
public sealed class NativeHeapTrimming(TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            NativeHeaps.Trim();
        }
    }
}
