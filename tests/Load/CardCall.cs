using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>A live call of which only the cards are read.</summary>
sealed class CardCall : ITurnTaker
{
    static long turnIds;

    Turns? turns;
    int spoken;

    public LiveCall Live { get; private set; } = null!;

    public static async Task<CardCall> Start(Uri gateway)
    {
        var call = new CardCall();
        call.Live = await LiveCall.Start(gateway, call.Receive);
        return call;
    }

    public void TakeTurn(Turns turns, long intendedAt)
    {
        this.turns = turns;
        var turn = Interlocked.Increment(ref turnIds);
        turns.Send(turn, intendedAt);
        Live.Say(turn, CustomerLines.At(spoken++));
    }

    public ValueTask DisposeAsync() => Live.DisposeAsync();

    void Receive(ReadOnlySpan<byte> record, long readAt)
    {
        if (record.IndexOf("\"cardShown\""u8) >= 0)
        {
            turns?.Answer(TurnOf(record), readAt);
        }
    }

    static long TurnOf(ReadOnlySpan<byte> record)
    {
        var field = "\"turnId\":\""u8;
        var rest = record[(record.IndexOf(field) + field.Length)..];
        return long.Parse(rest[..rest.IndexOf((byte)'"')], CultureInfo.InvariantCulture);
    }
}
