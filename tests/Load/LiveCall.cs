using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>A live call, spoken by hand: SignalR's JSON protocol without its client, whose cost would be measured too.</summary>
sealed class LiveCall : ITurnTaker
{
    static readonly byte[] PingMessage = Record("""{"type":6}""");
    static long turnIds;

    /// <summary>Customer lines that the playbook shipped with the worker answers, each with another card than the one before.</summary>
    static readonly string[] Lines =
    [
        "That is more expensive than we planned to spend.",
        "How long does it take to migrate our data?",
        "Where is our data stored?",
        "We already have a tool that does this and we are happy with it.",
        "Can you give us a discount?",
        "Does it integrate with our CRM?",
    ];

    readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long startedAt = Stopwatch.GetTimestamp();
    RawSocket socket = null!;
    Turns? turns;
    int spoken;

    public static async Task<LiveCall> Start(Uri gateway)
    {
        var call = new LiveCall();
        call.socket = await RawSocket.Connect(new Uri(gateway, "hubs/call"), call.Receive);
        await call.socket.Send(Record("""{"protocol":"json","version":1}"""));
        await call.socket.Send(Record("""{"type":1,"invocationId":"s","target":"StartCall","arguments":[{}]}"""));
        await call.started.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return call;
    }

    public void TakeTurn(Turns turns, long intendedAt)
    {
        this.turns = turns;
        var turn = Interlocked.Increment(ref turnIds);
        var line = Lines[spoken++ % Lines.Length];
        var now = (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        var message = Record(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":1,"invocationId":"{{turn}}","target":"SendTranscript","arguments":[{"segmentId":"{{turn}}","speaker":"customer","text":"{{line}}","final":true,"startMs":{{Math.Max(0, now - 2000)}},"endMs":{{Math.Max(0, now - 100)}}}]}"""));
        turns.Send(turn, intendedAt);
        _ = socket.Send(message).AsTask();
    }

    /// <summary>Keeps the connection alive while nothing is said.</summary>
    public void Ping() => _ = socket.Send(PingMessage).AsTask();

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    void Receive(ReadOnlySpan<byte> record, long readAt)
    {
        if (record.IndexOf("\"cardShown\""u8) >= 0)
        {
            turns?.Answer(TurnOf(record), readAt);
        }
        else if (record.IndexOf("\"restored\""u8) >= 0)
        {
            started.TrySetResult();
        }
    }

    static long TurnOf(ReadOnlySpan<byte> record)
    {
        var field = "\"turnId\":\""u8;
        var rest = record[(record.IndexOf(field) + field.Length)..];
        return long.Parse(rest[..rest.IndexOf((byte)'"')], CultureInfo.InvariantCulture);
    }

    static byte[] Record(string json) => [.. Encoding.UTF8.GetBytes(json), RawSocket.Separator];
}
