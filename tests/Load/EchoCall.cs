using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>The floor's connection: a message as long as a turn's, sent back as it is.</summary>
sealed class EchoCall : ITurnTaker
{
    static readonly string Padding = new('x', 240);
    static long turnIds;

    RawSocket socket = null!;
    Turns? turns;

    public static async Task<EchoCall> Start(Uri server)
    {
        var call = new EchoCall();
        call.socket = await RawSocket.Connect(server, call.Receive);
        return call;
    }

    public static async Task<IReadOnlyList<EchoCall>> StartAll(Uri server, int count)
    {
        var calls = new List<EchoCall>();
        while (calls.Count < count)
        {
            calls.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(10, count - calls.Count)).Select(_ => Start(server))));
        }

        return calls;
    }

    public void TakeTurn(Turns turns, long intendedAt)
    {
        this.turns = turns;
        var turn = Interlocked.Increment(ref turnIds);
        byte[] message = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{turn} {Padding}")), RawSocket.Separator];
        turns.Send(turn, intendedAt);
        _ = socket.Send(message).AsTask();
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    void Receive(ReadOnlySpan<byte> record, long readAt)
    {
        if (Utf8Parser.TryParse(record, out long turn, out _))
        {
            turns?.Answer(turn, readAt);
        }
    }
}
