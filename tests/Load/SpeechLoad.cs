using System.Net.Http.Json;
using System.Text.Json;
using Teleprompter.Tests.ScriptedModel;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Rehearsals whose buyers speak: how long after the rep's last word the first sound comes, and how soon both servers see their streams
/// closed when the rep talks over it.
/// </summary>
static class SpeechLoad
{
    const string Answer = "That is a third more than we pay today, and nobody here has asked for it. Why would I sign that now?";

    /// <summary>The first clause is known by the word behind it.</summary>
    const int TokensOfFirstClause = 10;

    static readonly TimeSpan firstToken = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan pace = TimeSpan.FromMilliseconds(20);

    /// <summary>While the model still writes, and while only the speech server still speaks.</summary>
    static readonly TimeSpan[] interruptAfter = [TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(1)];

    static readonly TimeSpan between = TimeSpan.FromMilliseconds(600);

    /// <param name="redis">Gateway and worker apart, over a redis-server of their own.</param>
    public static async Task<SpeechLoadReport> Run(int calls, TimeSpan duration, bool redis)
    {
        await using var speech = await ServerProcess.StartSpeech();
        string[] settings =
        [
            "--Model:HedgeExtra=0", "--Admission:Slots=1000", "--Speech:Provider=OpenAI",
            $"--Speech:Endpoint=http://{speech.Address.Authority}/v1", "--Speech:Model=scripted",
        ];
        await using var servers = redis ? await ModelServers.StartApart(settings) : await ModelServers.Start(settings);
        await servers.Script(new ModelScript { FirstToken = firstToken, TokenPace = pace, Text = Answer });
        var rehearsals = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => SpeechCall.Start(servers.Gateway.Address)));
        var machine = MachineReading.Now();
        await Task.WhenAll(rehearsals.Select((call, index) => Speak(call, index, calls, duration)));
        var use = MachineReading.Now().Since(machine);
        await Task.Delay(between);
        var report = Report(
            calls, duration, [.. rehearsals.SelectMany(call => call.Turns)], await servers.Requests(), await Requests(speech), use);
        foreach (var call in rehearsals)
        {
            await call.DisposeAsync();
        }

        return report;
    }

    static async Task Speak(SpeechCall call, int index, int calls, TimeSpan duration)
    {
        var until = ScriptedSpeechServer.NowMs + duration.TotalMilliseconds;
        await Task.Delay(between * index / calls);
        for (var turn = 0; ScriptedSpeechServer.NowMs < until; turn++)
        {
            await call.Speak((turn * calls) + index + 1, interruptAfter[turn % interruptAfter.Length]);
            await Task.Delay(between);
        }
    }

    static SpeechLoadReport Report(
        int calls, TimeSpan duration, List<SpeechTurn> turns, IReadOnlyDictionary<long, ModelRequest> models, List<SpeechRequest> speech,
        MachineUse use)
    {
        // The answer begins with the number of the model's request.
        var spoken = speech.Where(request => request.Input.StartsWith('n')).ToLookup(
            request => request.Input.Split(' ')[0], StringComparer.Ordinal);
        var (added, closed, early, open, pairs) = (new List<double?>(), new List<double?>(), 0, 0, 0);
        foreach (var turn in turns)
        {
            if (models.GetValueOrDefault(turn.Number) is not { } model || spoken[$"n{model.Number}"].FirstOrDefault() is not { } clause)
            {
                added.Add(null);
                continue;
            }

            pairs++;
            var expected = firstToken + (pace * (TokensOfFirstClause - 1));
            added.Add(turn.HeardMs - turn.SaidMs - expected.TotalMilliseconds - (clause.FirstAudioMs - clause.ReceivedMs));
            early += model.EndedMs is null || clause.ReceivedMs < model.EndedMs ? 1 : 0;
            double?[] ends = [model.EndedMs, clause.EndedMs];
            open += ends.Count(end => end is null);
            if (turn.StoppedMs is { } stopped && ends.Max() is { } last && last > stopped)
            {
                closed.Add(last - stopped);
            }
        }

        return new SpeechLoadReport(
            calls, duration.TotalSeconds, LatencyReport.Of(added), P95(added), LatencyReport.Of(closed), 1.0 * early / Math.Max(1, pairs),
            open, use);
    }

    static double P95(List<double?> latencies)
    {
        double[] known = [.. latencies.OfType<double>().Order()];
        return known.Length == 0 ? double.NaN : known[(int)Math.Ceiling(0.95 * known.Length) - 1];
    }

    static async Task<List<SpeechRequest>> Requests(ServerProcess speech)
    {
        using var http = new HttpClient();
        var record = await http.GetFromJsonAsync<JsonElement>(new Uri($"http://{speech.Address.Authority}/requests"));
        return record.GetProperty("requests").Deserialize<List<SpeechRequest>>(JsonSerializerOptions.Web)!;
    }
}
