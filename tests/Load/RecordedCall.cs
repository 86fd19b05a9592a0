using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A live call that keeps what was said and heard, to be judged after the run: while it lasts, an event costs no more than its copy. Each
/// turn has <c>#</c> and its number, by which the model's record knows it. Times are those of the machine's monotonic clock, in
/// milliseconds.
/// </summary>
sealed class RecordedCall : IAsyncDisposable
{
    static long turnIds;

    readonly ConcurrentQueue<(byte[] Record, double AtMs)> records = [];
    readonly List<SaidTurn> said = [];

    public LiveCall Live { get; private set; } = null!;

    /// <summary>The customer's turns, oldest first, at the moments they were meant to leave.</summary>
    public IReadOnlyList<SaidTurn> Said => said;

    /// <param name="request">What starts it, as JSON.</param>
    public static async Task<RecordedCall> Start(Uri gateway, string request = "{}")
    {
        var call = new RecordedCall();
        call.Live = await LiveCall.Start(
            gateway, (record, readAt) => call.records.Enqueue((record.ToArray(), Milliseconds(readAt))), request: request);
        return call;
    }

    /// <summary>The customer says the next line.</summary>
    /// <param name="intendedAt">When it was meant to leave, as a timestamp of <see cref="Stopwatch"/>.</param>
    public void Say(long intendedAt)
    {
        var turn = Interlocked.Increment(ref turnIds);
        var line = CustomerLines.Numbered(said.Count, turn);
        said.Add(new SaidTurn(turn, Milliseconds(intendedAt)));
        Live.Say(turn, line);
    }

    /// <summary>Every event so far, oldest first.</summary>
    public IReadOnlyList<HeardEvent> Heard()
    {
        var heard = new List<HeardEvent>();
        foreach (var (record, atMs) in records)
        {
            using var message = JsonDocument.Parse(record);
            if (message.RootElement.TryGetProperty("target", out var target) && target.ValueEquals("Receive"))
            {
                heard.Add(
                    new HeardEvent(atMs, message.RootElement.GetProperty("arguments")[0].Deserialize(ContractsJson.Default.CallEvent)!));
            }
        }

        return heard;
    }

    public ValueTask DisposeAsync() => Live.DisposeAsync();

    static double Milliseconds(long timestamp) => timestamp * 1000.0 / Stopwatch.Frequency;
}
