using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A team lead's dashboard without a screen: when each call's suggestions came into its view, and the percentiles it would show.
/// </summary>
sealed class LeadScreen : IAsyncDisposable
{
    static readonly byte[] PingMessage = Record("""{"type":6}""");
    static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, long[]> seen = new(StringComparer.Ordinal);
    readonly TaskCompletionSource watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource stop = new();
    RawSocket socket = null!;
    Task pings = Task.CompletedTask;
    long bytes;

    /// <summary>The last hour, as it was last told.</summary>
    public JsonElement Hour { get; private set; }

    /// <summary>What came to it, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    public static async Task<LeadScreen> Open(Uri gateway)
    {
        var screen = new LeadScreen();
        screen.socket = await RawSocket.Connect(new Uri(gateway, "hubs/lead"), screen.Receive);
        await screen.socket.Send(Record("""{"protocol":"json","version":1}"""));
        await screen.socket.Send(Record("""{"type":1,"invocationId":"w","target":"Watch","arguments":[]}"""));
        await screen.watching.Task.WaitAsync(TimeSpan.FromSeconds(10));
        screen.pings = screen.Ping();
        return screen;
    }

    /// <summary>When the so-manieth suggestion of a call was in view.</summary>
    /// <returns>A timestamp; null when it never was.</returns>
    public long? SeenAt(string callId, int suggestion) =>
        seen.TryGetValue(callId, out var moments) && suggestion <= moments.Length ? moments[suggestion - 1] : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pings.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await socket.DisposeAsync();
        stop.Dispose();
    }

    void Receive(ReadOnlySpan<byte> record, long readAt)
    {
        Interlocked.Add(ref bytes, record.Length);
        var reader = new Utf8JsonReader(record);
        using var message = JsonDocument.ParseValue(ref reader);
        var root = message.RootElement;
        if (root.TryGetProperty("result", out var whole))
        {
            Take(whole, readAt);
            watching.TrySetResult();
        }
        else if (root.TryGetProperty("arguments", out var arguments))
        {
            Take(arguments[0], readAt);
        }
    }

    void Take(JsonElement view, long readAt)
    {
        foreach (var call in view.GetProperty("calls").EnumerateArray())
        {
            var shown = call.GetProperty("shown").GetInt32();
            var before = seen.GetOrAdd(call.GetProperty("callId").GetString()!, []);
            if (shown > before.Length)
            {
                seen[call.GetProperty("callId").GetString()!] = [.. before, .. Enumerable.Repeat(readAt, shown - before.Length)];
            }
        }

        Hour = view.GetProperty("windows").EnumerateArray().Single(window => window.GetProperty("minutes").GetInt32() == 60).Clone();
    }

    async Task Ping()
    {
        using var timer = new PeriodicTimer(PingEvery);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            await socket.Send(PingMessage);
        }
    }

    static byte[] Record(string json) => [.. Encoding.UTF8.GetBytes(json), RawSocket.Separator];
}
