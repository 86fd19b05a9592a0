using System.Buffers.Text;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A live call whose answers are timed and whose tokens are counted as they come, without parsing their JSON: many of them cost the load
/// client little. Each turn has <c>#</c> and its number, by which the model's record knows it.
/// </summary>
sealed class TimedCall : ITurnTaker
{
    static long turnIds;

    Turns? turns;
    int spoken;
    long answered;
    long tokensOpen;
    long tokensShown;
    long tokensTakenBack;

    public LiveCall Live { get; private set; } = null!;

    /// <summary>Gets every completed suggestion; null to read on.</summary>
    public RawSocket.RecordHandler? Completed { get; set; }

    /// <summary>Tokens shown so far; the scripted model's are words with the space before them.</summary>
    public long TokensShown => Interlocked.Read(ref tokensShown);

    /// <summary>Those of them that were withdrawn with their suggestion.</summary>
    public long TokensTakenBack => Interlocked.Read(ref tokensTakenBack);

    public static async Task<TimedCall> Start(Uri gateway)
    {
        var call = new TimedCall();
        call.Live = await LiveCall.Start(gateway, call.Receive);
        return call;
    }

    public void TakeTurn(Turns turns, long intendedAt)
    {
        this.turns = turns;
        var turn = Interlocked.Increment(ref turnIds);
        turns.Send(turn, intendedAt);
        Live.Say(turn, CustomerLines.Numbered(spoken++, turn));
    }

    public ValueTask DisposeAsync() => Live.DisposeAsync();

    void Receive(ReadOnlySpan<byte> record, long readAt)
    {
        if (record.IndexOf("\"suggestionDelta\""u8) >= 0)
        {
            TakeWords(record, readAt);
        }
        else if (record.IndexOf("\"suggestionStarted\""u8) >= 0)
        {
            (answered, tokensOpen) = (NewestTurn(record), 0);
        }
        else if (record.IndexOf("\"suggestionWithdrawn\""u8) >= 0)
        {
            Interlocked.Add(ref tokensTakenBack, tokensOpen);
        }
        else if (Completed is not null && record.IndexOf("\"suggestionCompleted\""u8) >= 0)
        {
            Completed(record, readAt);
        }
    }

    void TakeWords(ReadOnlySpan<byte> record, long readAt)
    {
        var first = record.IndexOf("\"index\":0,"u8) >= 0;
        if (first)
        {
            turns?.Answer(answered, readAt);
        }

        var text = record[(record.IndexOf("\"text\":\""u8) + 8)..];
        var tokens = text[..text.IndexOf((byte)'"')].Count((byte)' ') + (first ? 1 : 0);
        tokensOpen += tokens;
        Interlocked.Add(ref tokensShown, tokens);
    }

    static long NewestTurn(ReadOnlySpan<byte> record)
    {
        var turnIds = record[(record.IndexOf("\"turnIds\":["u8) + 11)..];
        turnIds = turnIds[..turnIds.IndexOf((byte)']')];
        return Utf8Parser.TryParse(turnIds[(turnIds[..^1].LastIndexOf((byte)'"') + 1)..], out long turn, out _) ? turn : -1;
    }
}
