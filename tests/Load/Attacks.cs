using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What hostile clients do. Each attack is one session, which ends with its connection or after five seconds.</summary>
static class Attacks
{
    const int Batch = 32;

    static readonly TimeSpan session = TimeSpan.FromSeconds(5);

    /// <summary>30 ms of it.</summary>
    static readonly string silence = new('A', 1280);

    static readonly byte[] handshake = HostileSocket.Record("""{"protocol":"json","version":1}""");
    static readonly byte[] start = HostileSocket.Record("""{"type":1,"invocationId":"s","target":"StartCall","arguments":[{}]}""");
    static readonly byte[] ping = HostileSocket.Record("""{"type":6}""");

    /// <summary>Each by what it is called in the report.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Uri, CancellationToken, Task> Run)> All =
    [
        ("floods interims", Flood(i => Invoke("SendTranscript", Words(i % 8, "so as I said before", final: false)))),
        ("floods finals", Flood(i => Invoke("SendTranscript", Words(i, "That is too expensive for us.", final: true)))),
        ("floods requests for suggestions and snapshots", Flood(i => Invoke(i % 2 == 0 ? "SuggestNow" : "Resync", ""))),
        ("floods arguments that do not bind", Flood(_ => Invoke("SendTranscript", "{\"segmentId\":5}"))),
        ("floods audio", Flood(i => i == 0 ? OpenAudio : Audio(i))),
        ("floods items of streams that are not open, and pings", Flood(i => i % 2 == 0 ? ping : ItemOfNoStream)),
        ("sends oversized messages", Once(HostileSocket.Frame(new byte[1024 * 1024]))),
        ("sends garbage", Once(HostileSocket.Frame([0xff, 0xfe, 0x00, RawSocket.Separator]))),
        ("never reads", NeverReads),
        ("is half open", HalfOpen),
        ("comes and goes", Churn),
        ("sends frames of one byte", Flood(_ => FramesOfOneByte("{\"type\":6}\u001e"))),
        ("floods WebSocket pings", Flood(_ => HostileSocket.Frame("", opcode: 9))),
    ];

    static byte[] OpenAudio =>
        HostileSocket.Record("""{"type":1,"invocationId":"v","streamIds":["1"],"target":"SendAudio","arguments":[]}""");

    static byte[] ItemOfNoStream => HostileSocket.Record("""{"type":2,"invocationId":"none","item":1}""");

    static byte[] FramesOfOneByte(string record) =>
    [
        .. record.Index().SelectMany(sign =>
            HostileSocket.Frame([(byte)sign.Item], sign.Index == 0 ? 1 : 0, sign.Index == record.Length - 1)),
    ];

    static byte[] Audio(int number) => HostileSocket.Record(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":2,"invocationId":"1","item":{"speaker":"customer","number":{{{number}}},"atMs":{{{number * 30}}},"pcm":"{{{silence}}}","endOfSpeech":false}}"""));

    static byte[] Invoke(string method, string argument) =>
        HostileSocket.Record($$"""{"type":1,"invocationId":"i","target":"{{method}}","arguments":[{{argument}}]}""");

    static string Words(int id, string text, bool final) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"segmentId":"h{{id}}","speaker":"customer","text":"{{text}}","final":{{(final ? "true" : "false")}},"startMs":0,"endMs":0}
        """);

    /// <summary>Starts a call, then sends as fast as the connection takes it.</summary>
    static Func<Uri, CancellationToken, Task> Flood(Func<int, byte[]> message)
    {
        byte[][] batches =
            [.. Enumerable.Range(0, 40).Select(batch => Enumerable.Range(batch * Batch, Batch).SelectMany(message).ToArray())];
        return (gateway, stop) => Session(gateway, async (socket, stopped) =>
        {
            await socket.Send((byte[])[.. handshake, .. start], stopped);
            for (var i = 0; ; i++)
            {
                await socket.Send(batches[i % batches.Length], stopped);
            }
        }, stop);
    }

    /// <summary>Starts a call, sends one thing, and waits to be closed.</summary>
    static Func<Uri, CancellationToken, Task> Once(byte[] frame) => (gateway, stop) => Session(gateway, async (socket, stopped) =>
    {
        await socket.Send((byte[])[.. handshake, .. start, .. frame], stopped);
        await Task.Delay(Timeout.Infinite, stopped);
    }, stop);

    static async Task Churn(Uri gateway, CancellationToken stop)
    {
        await using var socket = await HostileSocket.Open(gateway, stop);
        await socket.Send((byte[])[.. handshake, .. start], stop);
        // The start is being handled when the connection ends.
        await Task.Delay(TimeSpan.FromMilliseconds(5), stop);
    }

    static async Task NeverReads(Uri gateway, CancellationToken stop)
    {
        await using var stuck = StuckCall.Start(gateway, TimeSpan.FromSeconds(0.5));
        await Task.Delay(session * 3, stop);
    }

    /// <summary>By turns: nothing, half a request, a WebSocket without a handshake.</summary>
    static async Task HalfOpen(Uri gateway, CancellationToken stop)
    {
        await using var silent = await HostileSocket.Connect(gateway, stop);
        await using var half = await HostileSocket.Connect(gateway, stop);
        await half.Send("GET /hubs/call HTTP/1.1\r\nHost:"u8.ToArray(), stop);
        await using var mute = await HostileSocket.Open(gateway, stop);
        await Task.Delay(session, stop);
    }

    static async Task Session(Uri gateway, Func<HostileSocket, CancellationToken, Task> send, CancellationToken stop)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ends.CancelAfter(session);
        await using var socket = await HostileSocket.Open(gateway, ends.Token);
        var closed = socket.Drain(ends.Token);
        await await Task.WhenAny(closed, send(socket, ends.Token));
        await ends.CancelAsync();
    }
}
