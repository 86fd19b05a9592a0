using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>Customers who speak word by word, and when the rep reads an answer.</summary>
static class FeltCalls
{
    /// <summary>Between two lines of a customer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    static long turnIds;

    /// <summary>Opens calls, lets their customers speak for a while, and closes them.</summary>
    /// <returns>Of each turn, the time to the first words that stayed, in milliseconds; null where none did.</returns>
    public static async Task<IReadOnlyCollection<double?>> Speak(Uri gateway, int count, TimeSpan duration)
    {
        var calls = new List<RecordedCall>();
        for (var i = 0; i < count; i++)
        {
            calls.Add(await RecordedCall.Start(gateway));
        }

        using var stop = new CancellationTokenSource();
        var pings = KeepAlive.Run(() => calls.Select(call => call.Live), stop.Token);
        var untilMs = ScriptedModelServer.NowMs + duration.TotalMilliseconds;
        var said = await Task.WhenAll(calls.Select(async (call, index) =>
        {
            await Task.Delay(Pause * index / count);
            return await Converse(call, index, untilMs, _ => Task.CompletedTask);
        }));
        await Task.Delay(Pause);
        await stop.CancelAsync();
        await pings;
        foreach (var call in calls)
        {
            await call.DisposeAsync();
        }

        return [.. calls.Zip(said, (call, own) => Felt(call.Heard(), own)).SelectMany(each => each)];
    }

    /// <summary>A customer speaks line by line.</summary>
    /// <returns>The turns, at the moments at which their last words ended.</returns>
    public static async Task<IReadOnlyList<SaidTurn>> Converse(RecordedCall call, int firstLine, double untilMs, Func<SaidTurn, Task> final)
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

    /// <summary>Of each turn, the time to the first words of the suggestion that it settled with; null where none stayed.</summary>
    public static IEnumerable<double?> Felt(IReadOnlyList<HeardEvent> heard, IEnumerable<SaidTurn> said)
    {
        var screen = new Screen(heard);
        var words = heard.Where(one => one.Event is SuggestionDelta { Index: 0 })
            .ToDictionary(one => ((SuggestionDelta)one.Event).SuggestionId, one => one.AtMs, StringComparer.Ordinal);
        return said.Select(turn => screen.Settled(turn)?.SuggestionId is { } id && words.TryGetValue(id, out var atMs)
            ? Math.Max(0, atMs - turn.AtMs)
            : (double?)null);
    }
}
