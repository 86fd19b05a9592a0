using System.Buffers;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Reads lines that end with LF, CRLF, CR or the stream.</summary>
/// <param name="stream">The bytes; not disposed of.</param>
/// <param name="pace">When to read; null as soon as bytes are there.</param>
sealed class LineReader(Stream stream, ReadPace? pace)
{
    // A whole answer of 1,000 tokens in one line is far below.
    const int LongestLine = 1 << 20;

    readonly byte[] buffer = new byte[4096];
    readonly ArrayBufferWriter<byte> line = new(512);
    int start;
    int end;
    bool afterCarriageReturn;

    /// <summary>The line without its end, until the next one is read.</summary>
    public ReadOnlySpan<byte> Line => line.WrittenSpan;

    /// <summary>Reads the next line.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The line is longer than 1 MiB.</exception>
    public async ValueTask<bool> Read(CancellationToken cancellation)
    {
        line.ResetWrittenCount();
        while (!LineEnds())
        {
            if (pace is not null)
            {
                await pace.Wait(cancellation);
            }

            (start, end) = (0, await stream.ReadAsync(buffer, cancellation));
            pace?.Count(end);
            if (end == 0)
            {
                return line.WrittenCount > 0;
            }
        }

        return true;
    }

    bool LineEnds()
    {
        if (afterCarriageReturn && start < end)
        {
            afterCarriageReturn = false;
            start += buffer[start] == '\n' ? 1 : 0;
        }

        var rest = buffer.AsSpan(start, end - start);
        var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
        line.Write(length < 0 ? rest : rest[..length]);
        if (line.WrittenCount > LongestLine)
        {
            throw new InvalidDataException("A line of the answer is longer than 1 MiB.");
        }

        if (length < 0)
        {
            start = end;
            return false;
        }

        afterCarriageReturn = rest[length] == '\r';
        start += length + 1;
        return true;
    }
}
