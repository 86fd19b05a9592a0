using System.Buffers.Binary;
using System.Globalization;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>
/// The format of a WAV file (RIFF, "Multimedia Programming Interface and Data Specifications 1.0", 1991; RF64, EBU Tech 3306).
/// </summary>
/// <param name="Encoding">How a sample is written.</param>
/// <param name="BitsPerSample">8, 16, 24 or 32.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="SampleRate">Samples a second of each channel.</param>
/// <param name="DataStart">The position of the first sample in the file.</param>
/// <param name="DataBytes">The size of all samples; null where the writer did not know it.</param>
sealed record WavHeader(SampleEncoding Encoding, int BitsPerSample, int Channels, int SampleRate, long DataStart, long? DataBytes)
{
    const int Extensible = 0xFFFE;

    /// <summary>Sizes from here on mean "unknown": what SoX, FFmpeg and others write into a pipe.</summary>
    const uint UnknownFrom = 0x7FFFF000;

    static readonly string[] ChunkIds = ["data", "fmt ", "fact", "LIST", "JUNK", "bext", "PEAK", "id3 "];

    /// <summary>Bytes of one sample of every channel.</summary>
    public int FrameBytes => BitsPerSample / 8 * Channels;

    /// <summary>Whether a file begins as a WAV file does.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => Is(start, "RIFF") || Is(start, "RF64") || Is(start, "BW64");

    /// <summary>Reads the chunks up to the samples.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="InputException">It is no WAV file, or none that can be replayed.</exception>
    public static WavHeader Read(Stream stream, string file)
    {
        Span<byte> riff = stackalloc byte[12];
        if (stream.ReadAtLeast(riff, riff.Length, throwOnEndOfStream: false) < riff.Length || !Begins(riff) || !Is(riff[8..], "WAVE"))
        {
            throw Wrong(file, "is no WAV file: it does not begin with RIFF and WAVE");
        }

        WavHeader? format = null;
        long? longSize = null;
        Span<byte> chunk = stackalloc byte[8];
        while (stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (Is(chunk, "data"))
            {
                return format is null ? throw Wrong(file, "names no format before its samples") : format with
                {
                    DataStart = stream.Position,
                    DataBytes = longSize ?? (size is 0 or >= UnknownFrom ? null : size),
                };
            }

            var next = stream.Position + size;
            format = Is(chunk, "fmt ") ? Format(stream, size, file) : format;
            longSize = Is(chunk, "ds64") ? LongSize(stream) : longSize;
            if (next >= stream.Length)
            {
                break;
            }

            stream.Position = next + (size % 2 == 1 && !IsChunk(stream, next) ? 1 : 0);
        }

        throw Wrong(file, "holds no samples: it ends before they begin");
    }

    /// <summary>Chunks begin at even positions, but some writers leave out the byte of padding.</summary>
    static bool IsChunk(Stream stream, long position)
    {
        Span<byte> id = stackalloc byte[4];
        stream.Position = position;
        return stream.ReadAtLeast(id, id.Length, throwOnEndOfStream: false) == id.Length
            && ChunkIds.Contains(System.Text.Encoding.Latin1.GetString(id), StringComparer.Ordinal);
    }

    /// <summary>The size of the samples in RF64, where 32 bits do not hold it.</summary>
    static long? LongSize(Stream stream)
    {
        Span<byte> sizes = stackalloc byte[16];
        return stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) == sizes.Length
            && BinaryPrimitives.ReadInt64LittleEndian(sizes[8..]) is > 0 and var size ? size : null;
    }

    static WavHeader Format(Stream stream, uint size, string file)
    {
        Span<byte> bytes = stackalloc byte[26];
        bytes.Clear();
        bytes = bytes[..(int)Math.Min(size, (uint)bytes.Length)];
        if (bytes.Length < 16 || stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Wrong(file, "names its format in too few bytes");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        tag = tag == Extensible && bytes.Length == 26 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[24..]) : tag;
        var header = new WavHeader(
            (SampleEncoding)tag,
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
            (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])),
            DataStart: 0,
            DataBytes: null);
        return header.Problem() is { } problem ? throw Wrong(file, problem) : header;
    }

    string? Problem() => this switch
    {
        { Encoding: not (SampleEncoding.Pcm or SampleEncoding.Float or SampleEncoding.ALaw or SampleEncoding.MuLaw) } =>
            string.Create(CultureInfo.InvariantCulture, $"is compressed (format {(int)Encoding})"),
        { Encoding: SampleEncoding.Pcm, BitsPerSample: not (8 or 16 or 24 or 32) }
            or { Encoding: SampleEncoding.Float, BitsPerSample: not 32 }
            or { Encoding: SampleEncoding.ALaw or SampleEncoding.MuLaw, BitsPerSample: not 8 } => string.Create(
                CultureInfo.InvariantCulture,
                $"has samples of {BitsPerSample} bits, {Encoding.Words()}; "
                + $"integers of 8, 16, 24 and 32 bits, floating point of 32, and G.711 are read"),
        { Channels: not (1 or 2) } => string.Create(CultureInfo.InvariantCulture, $"has {Channels} channels; a call has one or two"),
        { SampleRate: < 8_000 or > 192_000 } =>
            string.Create(CultureInfo.InvariantCulture, $"has {SampleRate} samples a second; 8,000 to 192,000 are read"),
        _ => null,
    };

    static InputException Wrong(string file, string problem) =>
        new($"{file} {problem}. A call is PCM in a WAV file: ffmpeg -i {file} -ar 16000 -c:a pcm_s16le call.wav makes one.");

    static bool Is(ReadOnlySpan<byte> bytes, string id) => bytes[..4].SequenceEqual(System.Text.Encoding.ASCII.GetBytes(id));
}
