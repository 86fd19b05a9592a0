using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>A live call of two voices; keeps when each turn ended and when its words came.</summary>
sealed class VoiceCall : IAsyncDisposable
{
    /// <summary>Words belong to the turn whose end is so near to theirs.</summary>
    const long SameEndMs = 450;

    readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);
    readonly List<(string Speaker, long EndMs)> turns = [];
    readonly ConcurrentQueue<(string Speaker, long EndMs, long ReadMs)> words = [];
    long originMs;

    public LiveCall Live { get; private set; } = null!;

    /// <summary>Frames sent.</summary>
    public long Sent => numbers.Values.Sum();

    /// <summary>The gateway ended the stream.</summary>
    public bool Refused { get; private set; }

    /// <summary>
    /// For every turn that ended: the time from its true end to the last of its final words, in milliseconds; null where none came.
    /// </summary>
    public IEnumerable<double?> Delays => turns.Select(turn => words
        .Where(word => word.Speaker == turn.Speaker && Math.Abs(word.EndMs - turn.EndMs) < SameEndMs)
        .Select(word => (double?)(word.ReadMs - turn.EndMs)).LastOrDefault());

    public static async Task<VoiceCall> Start(Uri gateway)
    {
        var call = new VoiceCall();
        call.Live = await LiveCall.Start(gateway, (record, _) => call.Receive(record));
        call.Live.OpenVoices();
        return call;
    }

    /// <summary>The recording begins now, as this call hears it.</summary>
    public void Begin() => originMs = Live.NowMs;

    /// <summary>Sends a frame once all of it was spoken.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="atMs">When it begins, from <see cref="Begin"/>.</param>
    public void Speak(VoiceFrame frame, long atMs)
    {
        var number = numbers.GetValueOrDefault(frame.Speaker);
        numbers[frame.Speaker] = number + 1;
        if (frame.EndsTurn is { } end)
        {
            turns.Add((frame.Speaker, originMs + atMs + end - frame.AtMs));
        }

        Live.Speak(frame, number, originMs + atMs);
    }

    public ValueTask DisposeAsync() => Live.DisposeAsync();

    void Receive(ReadOnlySpan<byte> record)
    {
        if (record.IndexOf("\"transcriptUpdated\""u8) >= 0 && record.IndexOf("\"final\":true"u8) >= 0)
        {
            words.Enqueue((record.IndexOf("\"speaker\":\"rep\""u8) >= 0 ? "rep" : "customer", Number(record, "\"endMs\":"u8), Live.NowMs));
        }
        else if (record.IndexOf("\"invocationId\":\"v\""u8) >= 0)
        {
            Refused = true;
            Console.Error.WriteLine(Encoding.UTF8.GetString(record));
        }
    }

    static long Number(ReadOnlySpan<byte> record, ReadOnlySpan<byte> field) =>
        Utf8Parser.TryParse(record[(record.IndexOf(field) + field.Length)..], out long value, out _) ? value : 0;
}
