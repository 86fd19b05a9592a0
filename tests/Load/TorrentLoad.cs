using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>A customer who does not stop: how much of the time a suggestion is on screen nevertheless.</summary>
static class TorrentLoad
{
    static readonly TimeSpan Unjudged = TimeSpan.FromSeconds(3);
    static readonly ModelScript script = new() { FirstToken = TimeSpan.FromMilliseconds(400) };

    public static async Task<TorrentReport> Run(int calls, TimeSpan sentenceEvery, TimeSpan duration)
    {
        await using var stage = await ModelStage.Start(calls);
        await stage.Script(script);
        await stage.Speak(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));
        var machine = MachineReading.Now();
        var begunMs = ScriptedModelServer.NowMs;
        await stage.Speak(sentenceEvery, duration);
        var use = MachineReading.Now().Since(machine);

        var (fromMs, untilMs) = (begunMs + Unjudged.TotalMilliseconds, begunMs + duration.TotalMilliseconds);
        var screens = stage.Calls.Select(call => new Screen(call.Heard())).ToList();
        var blanks = screens.SelectMany(screen => Blanks(screen, begunMs, fromMs, untilMs)).ToList();
        return new TorrentReport(
            calls,
            sentenceEvery.TotalMilliseconds,
            duration.TotalSeconds,
            1 - (blanks.Sum() / (calls * (untilMs - fromMs))),
            blanks.DefaultIfEmpty().Max(),
            screens.Sum(screen => screen.Of<SuggestionCompleted>(begunMs).Count()),
            screens.Sum(screen => screen.Of<SuggestionWithdrawn>(begunMs).Count()),
            stage.Calls.Sum(call => call.Said.Count(turn => turn.AtMs >= begunMs)),
            use);
    }

    /// <summary>
    /// How long each time without a suggestion was. What was on screen before the first sentence does not count; a completed one stays
    /// until the next begins, and one that is withdrawn leaves nothing.
    /// </summary>
    static IEnumerable<double> Blanks(Screen screen, double begunMs, double fromMs, double untilMs)
    {
        double? blankSince = begunMs;
        foreach (var (atMs, callEvent) in screen.Heard.Where(heard => heard.AtMs >= begunMs))
        {
            if (callEvent is SuggestionStarted && blankSince is { } since)
            {
                yield return Within(since, atMs);
                blankSince = null;
            }
            else if (callEvent is SuggestionWithdrawn)
            {
                blankSince ??= atMs;
            }
        }

        if (blankSince is { } last)
        {
            yield return Within(last, untilMs);
        }

        double Within(double start, double end) => Math.Max(0, Math.Min(end, untilMs) - Math.Max(start, fromMs));
    }
}
