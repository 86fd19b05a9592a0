using System.Globalization;
using System.Text;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// Takes whole messages out of what Redis pushes to a subscriber, as pub/sub itself loses them: the stream stays well formed. For one
/// connection's direction from Redis; replies to commands pass as they are.
/// </summary>
/// <param name="loses">Judges a message by its channel and payload.</param>
sealed class MessageLoss(Func<string, string, bool> loses)
{
    static readonly byte[] Head = "*3\r\n$7\r\nmessage\r\n"u8.ToArray();

    readonly List<byte> unread = [];

    /// <summary>Passes on what may pass of the next bytes; a message that is not whole yet waits for its rest.</summary>
    public ReadOnlyMemory<byte> Filter(ReadOnlySpan<byte> bytes)
    {
        unread.AddRange(bytes);
        var all = unread.ToArray().AsSpan();
        var passed = new List<byte>(all.Length);
        while (Next(all, passed) is var taken and > 0)
        {
            all = all[taken..];
        }

        unread.Clear();
        unread.AddRange(all);
        return passed.ToArray();
    }

    /// <summary>Takes one message, or one line of anything else. Returns how many bytes; 0 when more must come first.</summary>
    int Next(ReadOnlySpan<byte> bytes, List<byte> passed)
    {
        if (bytes.IsEmpty || Head.AsSpan().StartsWith(bytes))
        {
            return 0;
        }

        if (!bytes.StartsWith(Head))
        {
            var line = bytes.IndexOf("\r\n"u8);
            var whole = line < 0 ? bytes.Length : line + 2;
            passed.AddRange(bytes[..whole]);
            return whole;
        }

        var channel = Bulk(bytes, Head.Length, out var after);
        var payload = channel is null ? null : Bulk(bytes, after, out after);
        if (payload is null)
        {
            return 0;
        }

        if (!loses(channel!, payload))
        {
            passed.AddRange(bytes[..after]);
        }

        return after;
    }

    static string? Bulk(ReadOnlySpan<byte> bytes, int at, out int after)
    {
        after = at;
        var end = bytes[at..].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var length = int.Parse(Encoding.ASCII.GetString(bytes[(at + 1)..(at + end)]), CultureInfo.InvariantCulture);
        var start = at + end + 2;
        after = start + length + 2;
        return after > bytes.Length ? null : Encoding.UTF8.GetString(bytes.Slice(start, length));
    }
}
