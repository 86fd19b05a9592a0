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
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    static long turnIds;

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
            await Task.Delay(Pause * index / calls);
            return await Converse(
                call, index, untilMs, turn => turn.AtMs >= countedMs ? Ask(http, stage.ModelAddress, turn, floor) : Task.CompletedTask);
        }));
        await Task.Delay(Pause);
        var use = MachineReading.Now().Since(machine);
        var felt = stage.Calls.Zip(said, (call, own) => Felt(call.Heard(), own.Where(turn => turn.AtMs >= countedMs)))
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

    /// <summary>A customer speaks line by line.</summary>
    /// <returns>The turns, at the moments at which their last words ended.</returns>
    static async Task<IReadOnlyList<SaidTurn>> Converse(RecordedCall call, int firstLine, double untilMs, Func<SaidTurn, Task> final)
    {
        var said = new List<SaidTurn>();
        var asked = new List<Task>();
        for (var line = firstLine; ScriptedModelServer.NowMs < untilMs; line++)
        {
            var spoken = SpokenLine.Of(CustomerLines.At(line));
            var (beganMs, startMs) = (ScriptedModelServer.NowMs, call.Live.NowMs);
            var turn = new SaidTurn(Interlocked.Increment(ref turnIds), beganMs + spoken.EndMs);
            foreach (var words in spoken.Heard)
            {
                // Words are sent when they are spoken.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, beganMs + words.AtMs - ScriptedModelServer.NowMs)));
                call.Live.Say(turn.Id, words.Text, words.Final, startMs, startMs + (long)Math.Min(words.AtMs, spoken.EndMs));
            }

            said.Add(turn);
            asked.Add(final(turn));
            await Task.Delay(Pause);
        }

        await Task.WhenAll(asked);
        return said;
    }

    /// <summary>The floor: the model asked by nothing but an HTTP client, at the final.</summary>
    static async Task Ask(HttpClient http, Uri model, SaidTurn turn, ConcurrentBag<double?> floor)
    {
        using var bare = new BareModel(http, model);
        await bare.FirstToken(Encoding.UTF8.GetBytes($"{turn.Id} "));
        floor.Add(ScriptedModelServer.NowMs - turn.AtMs);
        await bare.Rest();
    }

    /// <summary>Of each turn, the time to the first words of the suggestion that it settled with; null where none stayed.</summary>
    static IEnumerable<double?> Felt(IReadOnlyList<HeardEvent> heard, IEnumerable<SaidTurn> said)
    {
        var screen = new Screen(heard);
        var words = heard.Where(one => one.Event is SuggestionDelta { Index: 0 })
            .ToDictionary(one => ((SuggestionDelta)one.Event).SuggestionId, one => one.AtMs, StringComparer.Ordinal);
        return said.Select(turn => screen.Settled(turn)?.SuggestionId is { } id && words.TryGetValue(id, out var atMs)
            ? Math.Max(0, atMs - turn.AtMs)
            : (double?)null);
    }
}
