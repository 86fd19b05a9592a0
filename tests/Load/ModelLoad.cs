using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>Live calls whose turns a model answers: what the product adds to the model's own time until the first words are on the wire.</summary>
static class ModelLoad
{
    const int Rounds = 4;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<ModelReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration)
    {
        await using var stage = await ModelStage.Start(calls, "--Admission:Slots=1000");
        await using var floor = await ServerProcess.StartEcho();
        var echoes = new List<EchoCall>();
        for (var i = 0; i < calls; i++)
        {
            echoes.Add(await EchoCall.Start(floor.Address));
        }

        await stage.Speak(turnEvery, WarmUp);
        await OpenLoop.Run(echoes, new Turns(), turnEvery, WarmUp / 2);
        var begunMs = ScriptedModelServer.NowMs;
        var bare = new Turns();
        var cpu = TimeSpan.Zero;
        var machine = MachineReading.Now();
        for (var round = 0; round < Rounds; round++)
        {
            var before = stage.GatewayCpu;
            await stage.Speak(turnEvery, duration / Rounds);
            cpu += stage.GatewayCpu - before;
            await OpenLoop.Run(echoes, bare, turnEvery, duration / Rounds);
        }

        var use = MachineReading.Now().Since(machine);
        foreach (var echo in echoes)
        {
            await echo.DisposeAsync();
        }

        var requests = await stage.Requests();
        var added = stage.Calls.SelectMany(call => Added(call, requests, begunMs)).ToList();
        return new ModelReport(
            calls,
            turnEvery.TotalSeconds,
            duration.TotalSeconds,
            Rounds,
            LatencyReport.Of(added),
            LatencyReport.Of(bare),
            stage.Calls.Sum(call => call.Heard().Count(heard => heard.Event is StatusChanged { Status.Busy: true })),
            cpu.TotalMilliseconds / added.Count,
            use);
    }

    /// <summary>Of each turn, the time to its first words without the model's own; null where none came.</summary>
    static IEnumerable<double?> Added(RecordedCall call, IReadOnlyDictionary<long, ModelRequest> requests, double sinceMs)
    {
        var screen = new Screen(call.Heard());
        return call.Said.Where(turn => turn.AtMs >= sinceMs)
            .Select(turn => screen.FirstWordsMs(turn) - turn.AtMs - requests.GetValueOrDefault(turn.Number)?.FirstTokenMs);
    }
}
