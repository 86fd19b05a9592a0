using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Live calls whose turns a model answers: what the product adds to the model's own time until the first words are on the wire.
/// </summary>
static class ModelLoad
{
    const int Rounds = 4;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <summary>Lets the last answers of the relay end before the next round.</summary>
    static readonly TimeSpan RelayEnds = TimeSpan.FromSeconds(1);

    public static async Task<ModelReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration, bool apart)
    {
        const string AllAdmitted = "--Admission:Slots=1000";
        await using var stage = apart ? await ModelStage.StartApart(calls, AllAdmitted) : await ModelStage.Start(calls, AllAdmitted);
        await using var floor = await ServerProcess.StartEcho(stage.Redis is { } redis ? EchoServer.RedisPrefix + redis : null);
        await using var relay = await ServerProcess.StartEcho(stage.ModelAddress.ToString());
        var echoes = new List<EchoCall>();
        var relayed = new List<EchoCall>();
        for (var i = 0; i < calls; i++)
        {
            echoes.Add(await EchoCall.Start(floor.Address));
            relayed.Add(await EchoCall.Start(relay.Address));
        }

        await stage.Speak(turnEvery, WarmUp);
        await OpenLoop.Run(relayed, new Turns(), turnEvery, WarmUp);
        await OpenLoop.Run(echoes, new Turns(), turnEvery, WarmUp / 2);
        var begunMs = ScriptedModelServer.NowMs;
        var (bare, bareWithModel) = (new Turns(), new Turns());
        var cpu = TimeSpan.Zero;
        var machine = MachineReading.Now();
        for (var round = 0; round < Rounds; round++)
        {
            var before = stage.Cpu;
            await stage.Speak(turnEvery, duration / Rounds);
            cpu += stage.Cpu - before;
            await OpenLoop.Run(echoes, bare, turnEvery, duration / Rounds);
            await OpenLoop.Run(relayed, bareWithModel, turnEvery, duration / Rounds);
            await Task.Delay(RelayEnds);
        }

        var use = MachineReading.Now().Since(machine);
        foreach (var echo in echoes.Concat(relayed))
        {
            await echo.DisposeAsync();
        }

        var bareRequests = await stage.Requests(BareModel.Name);
        var requests = await stage.Requests();
        var added = stage.Calls.SelectMany(call => Added(call, requests, begunMs)).ToList();
        var spans = stage.Calls.SelectMany(call => Spans(call, requests, begunMs)).ToList();
        return new ModelReport(
            calls,
            apart,
            turnEvery.TotalSeconds,
            duration.TotalSeconds,
            Rounds,
            LatencyReport.Of(added),
            LatencyReport.Of(bare),
            LatencyReport.Of(
                [
                    .. bareWithModel.Answers.Select(answer => answer.Value - bareRequests.GetValueOrDefault(answer.Key)?.FirstTokenMs),
                    .. new double?[bareWithModel.Unanswered],
                ]),
            LatencyReport.Of([.. spans.Select(span => (double?)span.ContextMs)]).P50,
            LatencyReport.Of([.. spans.Select(span => (double?)span.ModelHopMs)]).P50,
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

    /// <summary>
    /// Where added time goes, by the latency that each suggestion carries: up to asking the model, and to it and back without its own time.
    /// </summary>
    static IEnumerable<(double ContextMs, double ModelHopMs)> Spans(
        RecordedCall call, IReadOnlyDictionary<long, ModelRequest> requests, double sinceMs)
    {
        var screen = new Screen(call.Heard());
        var completed = screen.Of<SuggestionCompleted>(sinceMs)
            .ToDictionary(one => one.Event.SuggestionId, one => one.Event.Latency, StringComparer.Ordinal);
        foreach (var turn in call.Said.Where(turn => turn.AtMs >= sinceMs))
        {
            if (screen.Settled(turn)?.SuggestionId is { } id && completed.TryGetValue(id, out var latency)
                && requests.GetValueOrDefault(turn.Number)?.FirstTokenMs is { } modelMs)
            {
                yield return (latency.ContextMs, latency.FirstTokenMs - modelMs);
            }
        }
    }
}
