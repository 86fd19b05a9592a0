using System.Globalization;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Load;

/// <summary>A rehearsal with a buyer that yields: the rep speaks, hears the answer, talks over it, and speaks again.</summary>
sealed class SpeechCall : IAsyncDisposable
{
    static readonly TimeSpan answerTakes = TimeSpan.FromSeconds(5);

    readonly CallClient client;
    TaskCompletionSource<SpeechFrame> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    SpeechCall(Uri gateway) => client = new CallClient(new CallClientOptions(gateway)
    {
        Rehearsal = new RehearsalRequest("sceptical-engineer", TestMe: true) { Voice = true },
        Speech = frame =>
        {
            if (frame.Number == 0)
            {
                first.TrySetResult(frame);
            }
        },
    });

    public List<SpeechTurn> Turns { get; } = [];

    /// <summary>Starts a rehearsal, and talks over the buyer's first line.</summary>
    public static async Task<SpeechCall> Start(Uri gateway)
    {
        var call = new SpeechCall(new Uri($"http://{gateway.Authority}"));
        await call.client.ConnectAsync();
        await call.Interrupt(TimeSpan.FromMilliseconds(200));
        return call;
    }

    /// <summary>Speaks, and talks over the answer.</summary>
    /// <param name="after">So long after its first sound.</param>
    public async Task Speak(long number, TimeSpan after)
    {
        first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var text = string.Create(CultureInfo.InvariantCulture, $"It is in the contract, number #{number} there.");
        var turn = new SpeechTurn(number, ScriptedSpeechServer.NowMs);
        Turns.Add(turn);
        client.Hear(new TranscriptSegment($"r{number}", Speaker.Rep, text, Final: true, EndOfTurn: true));
        (turn.HeardMs, turn.StoppedMs) = await Interrupt(after);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    async Task<(double? Heard, double? Stopped)> Interrupt(TimeSpan after)
    {
        if (await Task.WhenAny(first.Task, Task.Delay(answerTakes)) != first.Task)
        {
            return (null, null);
        }

        var heard = ScriptedSpeechServer.NowMs;
        await Task.Delay(after);
        var stopped = ScriptedSpeechServer.NowMs;
        var turn = (await first.Task).SegmentId;
        await client.ReportSpeech(new SpeechReport(turn, (long)after.TotalMilliseconds, Stopped: true));
        return (heard, stopped);
    }
}
