using System.Diagnostics;

namespace Teleprompter.Tests.Load;

/// <summary>More live calls, step by step, until too much is added to the model's own time.</summary>
static class ClimbLoad
{
    /// <summary>A call would notice more than this.</summary>
    public const double LimitMs = 25;

    const double StepUp = 1.25;

    /// <summary>A step is tried once more before the climb ends: one hiccup of the machine is no limit.</summary>
    const int Tries = 2;

    /// <summary>No step begins after this.</summary>
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(70);

    public static async Task<ClimbReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var servers = await ModelServers.Start(LiveLoad.AllAdmitted);
        await using var crowd = new LiveCrowd(servers);
        await LiveLoad.WarmUp(crowd, Math.Min(calls, 50));
        var steps = new List<ClimbStep>();
        var failures = 0;
        while (failures < Tries && Stopwatch.GetElapsedTime(begun) < Budget)
        {
            await crowd.Grow(calls);
            var phase = await crowd.Speak(turnEvery, duration);
            steps.Add(new ClimbStep(calls, LatencyReport.Of(phase.AddedMs(await servers.Requests())), phase.Use));
            var holds = steps[^1].Holds;
            failures = holds ? 0 : failures + 1;
            calls = holds ? (int)(calls * StepUp) : calls;
        }

        return new ClimbReport(turnEvery.TotalSeconds, duration.TotalSeconds, steps);
    }
}
