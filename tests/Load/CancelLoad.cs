using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Customers who go on while an answer is being written: how soon the model sees the older stream closed, and what was written for nothing.
/// </summary>
static class CancelLoad
{
    /// <summary>The newer turn comes this long after the older one, whose first token takes 300 ms.</summary>
    static readonly TimeSpan BeforeFirstToken = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan MidStream = TimeSpan.FromMilliseconds(600);

    /// <summary>Room for both turns and the whole answer to the second.</summary>
    static readonly TimeSpan Cycle = TimeSpan.FromSeconds(2.5);
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7.5);

    public static async Task<CancelReport> Run(int calls, TimeSpan duration)
    {
        await using var stage = await ModelStage.Start(calls, "--Admission:Slots=1000");
        await Speak(stage, WarmUp, []);
        var pairs = new List<CancelledPair>();
        var begunMs = ScriptedModelServer.NowMs;
        var machine = MachineReading.Now();
        await Speak(stage, duration, pairs);
        var use = MachineReading.Now().Since(machine);

        var requests = await stage.Requests();
        var written = requests.Values.Where(request => request.ReceivedMs >= begunMs).Sum(request => request.TokensSent);
        var screens = stage.Calls.Select(call => new Screen(call.Heard())).ToList();
        var shown = screens.Sum(screen => WordsIn(screen, begunMs, _ => true));
        var takenBack = screens.Sum(screen =>
        {
            var withdrawn = screen.Of<SuggestionWithdrawn>(begunMs).Select(one => one.Event.SuggestionId).ToHashSet(StringComparer.Ordinal);
            return WordsIn(screen, begunMs, withdrawn.Contains);
        });
        return new CancelReport(
            calls,
            duration.TotalSeconds,
            LatencyReport.Of([.. pairs.Where(pair => !pair.MidStream).Select(pair => AbortMs(pair, requests))]),
            LatencyReport.Of([.. pairs.Where(pair => pair.MidStream).Select(pair => AbortMs(pair, requests))]),
            written,
            shown,
            takenBack,
            use);
    }

    static async Task Speak(ModelStage stage, TimeSpan duration, List<CancelledPair> pairs)
    {
        var cues = new List<Cue>();
        var spacing = Cycle / stage.Calls.Count;
        for (var i = 0; i < (int)(duration / spacing); i++)
        {
            var (call, midStream) = (stage.Calls[i % stage.Calls.Count], (i / stage.Calls.Count) % 2 == 1);
            cues.Add(new Cue(spacing * i, call.Say));
            cues.Add(new Cue((spacing * i) + (midStream ? MidStream : BeforeFirstToken), intendedAt =>
            {
                call.Say(intendedAt);
                pairs.Add(new CancelledPair(call.Said[^2], call.Said[^1], midStream));
            }));
        }

        await OpenLoop.Play(cues.OrderBy(cue => cue.At));
        await Task.Delay(Cycle);
    }

    static double? AbortMs(CancelledPair pair, IReadOnlyDictionary<long, ModelRequest> requests) =>
        requests.GetValueOrDefault(pair.Older.Number) is { End: RequestEnd.Aborted } aborted ? aborted.EndedMs - pair.Newer.AtMs : null;

    /// <summary>The scripted model's tokens are words with the space before them.</summary>
    static int WordsIn(Screen screen, double sinceMs, Predicate<string> suggestion) =>
        screen.Of<SuggestionDelta>(sinceMs).Where(delta => suggestion(delta.Event.SuggestionId))
            .GroupBy(delta => delta.Event.SuggestionId, StringComparer.Ordinal)
            .Sum(deltas => 1 + deltas.Sum(delta => delta.Event.Text.Count(character => character == ' ')));
}
