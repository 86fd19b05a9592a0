using System.Collections.Concurrent;
using System.Text;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Live calls whose customers speak word by word: from the last word to the first words that stay on the screen, beside a client that asks
/// the same model at the recogniser's final.
/// </summary>
static class FeltLoad
{
    const double BudgetMs = 850;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async Task<FeltReport> Run(int calls, TimeSpan duration)
    {
        await using var stage = await ModelStage.Start(calls, "--Admission:Slots=1000");
        using var http = new HttpClient();
        var countedMs = ScriptedModelServer.NowMs + WarmUp.TotalMilliseconds;
        var untilMs = countedMs + duration.TotalMilliseconds;
        var floor = new ConcurrentBag<double?>();
        var machine = MachineReading.Now();
        var said = await Task.WhenAll(stage.Calls.Select(async (call, index) =>
        {
            await Task.Delay(FeltCalls.Pause * index / calls);
            return await FeltCalls.Converse(
                call, index, untilMs, turn => turn.AtMs >= countedMs ? Ask(http, stage.ModelAddress, turn, floor) : Task.CompletedTask);
        }));
        await Task.Delay(FeltCalls.Pause);
        var use = MachineReading.Now().Since(machine);
        var felt = stage.Calls.Zip(said, (call, own) => FeltCalls.Felt(call.Heard(), own.Where(turn => turn.AtMs >= countedMs)))
            .SelectMany(each => each).ToList();
        var requests = (await stage.AllRequests()).Count(request => request.Model == ModelServers.Suggestions);
        var turns = said.Sum(own => own.Count);
        return new FeltReport(
            calls,
            duration.TotalSeconds,
            LatencyReport.Of(felt),
            LatencyReport.Of(floor),
            (double)felt.Count(ms => ms <= BudgetMs) / felt.Count,
            (double)stage.Calls.Sum(call => call.Heard().Count(heard => heard.Event is SuggestionWithdrawn)) / turns,
            (double)requests / turns,
            use);
    }

    /// <summary>The floor: the model asked by nothing but an HTTP client, at the final.</summary>
    static async Task Ask(HttpClient http, Uri model, SaidTurn turn, ConcurrentBag<double?> floor)
    {
        using var bare = new BareModel(http, model);
        await bare.FirstToken(Encoding.UTF8.GetBytes($"{turn.Id} "));
        floor.Add(ScriptedModelServer.NowMs - turn.AtMs);
        await bare.Rest();
    }
}
