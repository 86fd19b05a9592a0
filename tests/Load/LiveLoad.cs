using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Many live calls with a model: what the product adds to the model's own time until the first words are on the wire, and what a call
/// costs.
/// </summary>
static class LiveLoad
{
    /// <summary>Nobody waits for a stream: the run is about the machine, not about admission.</summary>
    public const string AllAdmitted = "--Admission:Slots=1000";

    const int Rounds = 3;
    const int CallsOfWarmUp = 50;

    static readonly TimeSpan Settle = TimeSpan.FromSeconds(4);

    public static async Task<LiveReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration)
    {
        await using var servers = await ModelServers.Start(AllAdmitted);
        await using var floor = await ServerProcess.StartEcho();
        await using var crowd = new LiveCrowd(servers);
        await WarmUp(crowd, Math.Min(calls / 2, CallsOfWarmUp));
        var (memory, opened) = (servers.Gateway.Memory, calls - Math.Min(calls / 2, CallsOfWarmUp));
        await crowd.Grow(calls);
        var echoes = await EchoCall.StartAll(floor.Address, calls);
        await OpenLoop.Run(echoes, new Turns(), turnEvery, Settle);
        var quiet = servers.Gateway.Reading;
        await Task.Delay(Settle);
        var idle = servers.Gateway.Reading.Since(quiet);

        var begunMs = ScriptedModelServer.NowMs;
        var (shown, takenBack) = (crowd.TokensShown, crowd.TokensTakenBack);
        var (phases, bare) = (new List<LivePhase>(), new Turns());
        for (var round = 0; round < Rounds; round++)
        {
            phases.Add(await crowd.Speak(turnEvery, duration / Rounds));
            await OpenLoop.Play(
                OpenLoop.Independent(
                    echoes, turnEvery, duration / Rounds / 2, round, (echo, intendedAt) => echo.TakeTurn(bare, intendedAt)));
        }

        var asked = (await servers.AllRequests()).Where(request => request.ReceivedMs >= begunMs).ToList();
        var requests = await servers.Requests();
        var memoryPerCall = (servers.Gateway.Memory - memory) / (double)opened;
        foreach (var echo in echoes)
        {
            await echo.DisposeAsync();
        }

        var use = RunUse.Mean([.. phases.Select(phase => phase.Use)]);
        return new LiveReport(
            calls,
            turnEvery.TotalSeconds,
            duration.TotalSeconds,
            Rounds,
            LatencyReport.Of([.. phases.SelectMany(phase => phase.AddedMs(requests))]),
            LatencyReport.Of(bare),
            10 * use.Gateway.CpuPercent / (calls / turnEvery.TotalSeconds),
            1e4 * idle.CpuPercent / calls,
            memoryPerCall,
            asked.Count(request => request.Model == ModelServers.Suggestions),
            asked.Count(request => request.Model != ModelServers.Suggestions),
            asked.Where(request => request.Model == ModelServers.Suggestions).Sum(request => request.TokensSent),
            crowd.TokensShown - shown,
            crowd.TokensTakenBack - takenBack,
            use);
    }

    /// <summary>Long enough, and often enough, for the runtime to compile the hot path with full optimisation.</summary>
    public static async Task WarmUp(LiveCrowd crowd, int calls)
    {
        await crowd.Grow(calls);
        await crowd.Speak(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(9));
    }
}
