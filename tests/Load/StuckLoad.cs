using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>Clients that never read beside live calls: what the others notice. The same run without them comes before and after.</summary>
static class StuckLoad
{
    /// <summary>
    /// Clients that do not read, by phase. Forwards and backwards, so that a machine that changes meanwhile changes all of them.
    /// </summary>
    static readonly int[] plan = [0, 1, 10, 10, 1, 0];

    /// <summary>By then what is kept for a stuck client is full.</summary>
    static readonly TimeSpan GetStuck = TimeSpan.FromSeconds(1.5);

    /// <summary>Short answers, so that calls can ask often and a run has enough turns for its p99.</summary>
    static readonly ModelScript quick = new() { FirstToken = TimeSpan.FromMilliseconds(100), TokenPace = TimeSpan.FromMilliseconds(10), TokenCount = 20 };

    public static async Task<StuckReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration)
    {
        await using var servers = await ModelServers.Start(LiveLoad.AllAdmitted);
        await servers.Script(quick);
        await using var crowd = new LiveCrowd(servers);
        await LiveLoad.WarmUp(crowd, calls);
        var phases = new List<(int Stuck, int Closed, LivePhase Phase)>();
        foreach (var count in plan)
        {
            var stuck = Enumerable.Range(0, count).Select(_ => StuckCall.Start(servers.Gateway.Address, turnEvery)).ToList();
            await Task.Delay(GetStuck);
            var phase = await crowd.Speak(turnEvery, duration / plan.Length);
            phases.Add((count, stuck.Sum(call => call.Closed), phase));
            foreach (var call in stuck)
            {
                await call.DisposeAsync();
            }
        }

        var requests = await servers.Requests();
        var others = phases.GroupBy(phase => phase.Stuck).Select(group => new StuckPhase(
            group.Key,
            group.Sum(phase => phase.Closed),
            LatencyReport.Of([.. group.SelectMany(phase => phase.Phase.AddedMs(requests))]),
            RunUse.Mean([.. group.Select(phase => phase.Phase.Use)])));
        return new StuckReport(calls, turnEvery.TotalSeconds, duration.TotalSeconds, [.. others]);
    }
}
