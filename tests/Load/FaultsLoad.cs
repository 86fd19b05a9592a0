using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A model that hangs, fails or is slow, and comes back: what the rep has meanwhile, and how soon the model answers again.
/// </summary>
static class FaultsLoad
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4.5);
    static readonly TimeSpan RecoveryAtMost = TimeSpan.FromSeconds(30);

    /// <summary>Help that comes later than this after the last turn counts as missing.</summary>
    static readonly TimeSpan LastHelp = TimeSpan.FromSeconds(5);

    static readonly (string Name, ModelScript Script)[] faults =
    [
        ("hung", new() { Fault = ModelFault.HangBeforeHeaders }),
        ("failing 100 %", new() { Fault = ModelFault.Status }),
        ("failing 30 %", new() { Fault = ModelFault.Status, FaultRate = 0.3 }),
        ("answering in 5 s", new() { FirstToken = TimeSpan.FromSeconds(5) }),
    ];

    /// <param name="calls">How many.</param>
    /// <param name="turnEvery">The time between two turns of a call.</param>
    /// <param name="duration">How long each fault lasts.</param>
    /// <param name="only">The number of one fault, from 1; 0 for all, one after the other.</param>
    public static async Task<FaultsReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration, int only)
    {
        var machine = MachineReading.Now();
        var reports = new List<FaultReport>();
        foreach (var (name, script) in only == 0 ? faults : [faults[only - 1]])
        {
            reports.Add(await Run(name, script, calls, turnEvery, duration));
        }

        return new FaultsReport(calls, turnEvery.TotalSeconds, duration.TotalSeconds, reports, MachineReading.Now().Since(machine));
    }

    static async Task<FaultReport> Run(string name, ModelScript script, int calls, TimeSpan turnEvery, TimeSpan duration)
    {
        await using var stage = await ModelStage.Start(calls);
        await stage.Speak(turnEvery, WarmUp);
        await stage.Script(script);
        var begunMs = ScriptedModelServer.NowMs;
        await OpenLoop.Play(OpenLoop.Spread(stage.Calls, turnEvery, duration, (call, intendedAt) => call.Say(intendedAt)));
        await stage.Script(new ModelScript());
        var returnedMs = ScriptedModelServer.NowMs;
        double? backMs = null;
        while (backMs is null && ScriptedModelServer.NowMs < returnedMs + RecoveryAtMost.TotalMilliseconds)
        {
            await OpenLoop.Play(OpenLoop.Spread(stage.Calls, turnEvery, turnEvery, (call, intendedAt) => call.Say(intendedAt)));
            backMs = stage.Calls.Select(call => BackMs(call, returnedMs)).Min();
        }

        await Task.Delay(LastHelp);
        var turns = stage.Calls.SelectMany(call =>
        {
            var screen = new Screen(call.Heard());
            return call.Said.Where(turn => turn.AtMs >= begunMs && turn.AtMs < returnedMs).Select(turn => (Turn: turn, Screen: screen));
        }).ToList();
        return new FaultReport(
            name,
            LatencyReport.Of([.. turns.Select(one => one.Screen.CardMs(one.Turn) - one.Turn.AtMs)]),
            LatencyReport.Of([.. turns.Select(one => HelpedMs(one.Screen, one.Turn) - one.Turn.AtMs)]),
            turns.CountBy(
                one => one.Screen.Settled(one.Turn) is { } settled ? $"{settled.Outcome}, {settled.Reason}" : "not settled",
                StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal),
            (backMs - returnedMs) / 1000);
    }

    /// <summary>When a suggestion by the model to a turn since then began.</summary>
    static double? BackMs(RecordedCall call, double sinceMs)
    {
        var newer = call.Said.Where(turn => turn.AtMs >= sinceMs).Select(turn => turn.Id).ToHashSet(StringComparer.Ordinal);
        return new Screen(call.Heard()).Of<SuggestionStarted>(sinceMs)
            .Where(started => started.Event.Source == SuggestionSource.Model && started.Event.TurnIds.Any(newer.Contains))
            .Select(started => (double?)started.AtMs).FirstOrDefault();
    }

    /// <summary>
    /// When a suggestion answered the turn, or it was settled without one while the status said that there is only the playbook.
    /// </summary>
    static double? HelpedMs(Screen screen, SaidTurn turn)
    {
        var suggestion = screen.SuggestionMs(turn);
        return screen.SettledMs(turn) is not { } settledMs ? suggestion
            : screen.PlaybookOnlyMs(settledMs) is not { } honestMs ? suggestion
            : Math.Min(suggestion ?? double.MaxValue, honestMs);
    }
}
