using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>A live call, spoken by hand: SignalR's JSON protocol without its client, whose cost would be measured too.</summary>
sealed class LiveCall : IAsyncDisposable
{
    static readonly byte[] PingMessage = Record("""{"type":6}""");

    readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long startedAt = Stopwatch.GetTimestamp();
    RawSocket socket = null!;

    /// <summary>The call's id.</summary>
    public string CallId { get; private set; } = "";

    public static Task<LiveCall> Start(Uri gateway) => Start(gateway, static (_, _) => { });

    /// <param name="ticket">Where people sign in; null where nobody does.</param>
    /// <param name="request">What starts it, as JSON.</param>
    public static async Task<LiveCall> Start(
        Uri gateway, RawSocket.RecordHandler received, string? ticket = null, string request = "{}")
    {
        var call = new LiveCall();
        call.socket = await RawSocket.Connect(new Uri(gateway, ticket is null ? "hubs/call" : $"hubs/call?access_token={ticket}"), (record, readAt) =>
        {
            received(record, readAt);
            call.Receive(record);
        });
        await call.socket.Send(Record("""{"protocol":"json","version":1}"""));
        await call.socket.Send(Record($$"""{"type":1,"invocationId":"s","target":"StartCall","arguments":[{{request}}]}"""));
        await call.started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return call;
    }

    /// <summary>The customer says something, and the turn is over.</summary>
    public void Say(long turn, string text)
    {
        var now = NowMs;
        Say(turn.ToString(CultureInfo.InvariantCulture), text, final: true, Math.Max(0, now - 2000), Math.Max(0, now - 100));
    }

    /// <summary>Somebody says something, in words that may be followed by more of their segment.</summary>
    public void Say(string segmentId, string text, bool final, long startMs, long endMs, string speaker = "customer")
    {
        var invocation = final ? $"\"invocationId\":\"{segmentId}\"," : "";
        var message = Record(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":1,{{invocation}}"target":"SendTranscript","arguments":[{"segmentId":"{{segmentId}}","speaker":"{{speaker}}","text":"{{text}}","final":{{(final ? "true" : "false")}},"startMs":{{startMs}},"endMs":{{endMs}}}]}"""));
        _ = socket.Send(message).AsTask();
    }

    /// <summary>Tells what a panel measures of a suggestion.</summary>
    public void Acknowledge(long number, string suggestionId, double networkMs, double renderMs) => _ = socket.Send(Record(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":1,"target":"Acknowledge","arguments":[{"number":{{number}},"suggestionId":"{{suggestionId}}","networkMs":{{networkMs}},"renderMs":{{renderMs}}}]}"""))).AsTask();

    /// <summary>Milliseconds on the call's clock, nearly: it began as this object did.</summary>
    public long NowMs => (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;

    /// <summary>Opens the stream of voices.</summary>
    public void OpenVoices() =>
        _ = socket.Send(Record("""{"type":1,"invocationId":"v","streamIds":["1"],"target":"SendAudio","arguments":[]}""")).AsTask();

    /// <summary>Sends a moment of a voice.</summary>
    /// <param name="frame">It.</param>
    /// <param name="number">Its number.</param>
    /// <param name="atMs">When it began, on the call's clock.</param>
    public void Speak(VoiceFrame frame, long number, long atMs) => _ = socket.Send(frame.Record(number, atMs)).AsTask();

    /// <summary>Ends the call.</summary>
    public void End() => _ = socket.Send(Record("""{"type":1,"target":"EndCall","arguments":[]}""")).AsTask();

    /// <summary>Keeps the connection alive while nothing is said.</summary>
    public void Ping() => _ = socket.Send(PingMessage).AsTask();

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    void Receive(ReadOnlySpan<byte> record)
    {
        if (CallId.Length == 0 && record.IndexOf("\"callId\":\""u8) is > 0 and var at)
        {
            var id = record[(at + 10)..];
            CallId = Encoding.UTF8.GetString(id[..id.IndexOf((byte)'"')]);
        }

        if (!started.Task.IsCompleted && record.IndexOf("\"restored\""u8) >= 0)
        {
            started.TrySetResult();
        }

        if (!started.Task.IsCompleted && record.IndexOf("\"error\":\""u8) >= 0)
        {
            started.TrySetException(new InvalidOperationException($"The call did not start: {Encoding.UTF8.GetString(record)}"));
        }
    }

    static byte[] Record(string json) => [.. Encoding.UTF8.GetBytes(json), RawSocket.Separator];
}
