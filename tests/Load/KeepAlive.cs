namespace Teleprompter.Tests.Load;

/// <summary>Pings every call once a second, as real clients do, spread over the second.</summary>
static class KeepAlive
{
    const int Slices = 100;

    public static async Task Run(Func<IEnumerable<LiveCall>> calls, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / Slices);
        for (var slice = 0; await Next(timer, stop); slice = (slice + 1) % Slices)
        {
            foreach (var call in calls().Where((_, index) => index % Slices == slice))
            {
                call.Ping();
            }
        }
    }

    static async Task<bool> Next(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
