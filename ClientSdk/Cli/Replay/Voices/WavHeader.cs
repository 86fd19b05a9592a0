using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>What a WAV file says of itself (RIFF, "Multimedia Programming Interface and Data Specifications 1.0", 1991).</summary>
/// <param name="IsFloat">32-bit floating point; else integers.</param>
/// <param name="BitsPerSample">16, 24 or 32.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="SampleRate">Samples a second of each channel.</param>
/// <param name="DataStart">Where the samples begin.</param>
/// <param name="DataBytes">How many bytes of them the file names; a writer that did not know says none, or as many as fit in.</param>
sealed record WavHeader(bool IsFloat, int BitsPerSample, int Channels, int SampleRate, long DataStart, uint DataBytes)
{
    const int Pcm = 1;
    const int Float = 3;
    const int Extensible = 0xFFFE;

    /// <summary>Bytes of one sample of every channel.</summary>
    public int FrameBytes => BitsPerSample / 8 * Channels;

    /// <summary>Reads the chunks up to the samples.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="InputException">It is no WAV file, or none that can be replayed.</exception>
    public static WavHeader Read(Stream stream, string file)
    {
        Span<byte> riff = stackalloc byte[12];
        if (stream.ReadAtLeast(riff, riff.Length, throwOnEndOfStream: false) < riff.Length || !Is(riff, "RIFF") || !Is(riff[8..], "WAVE"))
        {
            throw Wrong(file, "is no WAV file: it does not begin with RIFF and WAVE");
        }

        WavHeader? format = null;
        Span<byte> chunk = stackalloc byte[8];
        while (stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (Is(chunk, "data"))
            {
                return format is null ? throw Wrong(file, "names no format before its samples") : format with { DataStart = stream.Position, DataBytes = size };
            }

            // Chunks begin at even places.
            var next = stream.Position + size + (size % 2);
            format = Is(chunk, "fmt ") ? Format(stream, size, file) : format;
            if (next >= stream.Length)
            {
                break;
            }

            stream.Position = next;
        }

        throw Wrong(file, "holds no samples: it ends before they begin");
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
            tag == Float,
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
            (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])),
            DataStart: 0,
            DataBytes: 0);
        return header.Problem(tag) is { } problem ? throw Wrong(file, problem) : header;
    }

    string? Problem(int tag) => this switch
    {
        _ when tag is not (Pcm or Float) => string.Create(CultureInfo.InvariantCulture, $"is compressed (format {tag})"),
        { IsFloat: true, BitsPerSample: not 32 } or { IsFloat: false, BitsPerSample: not (16 or 24 or 32) } =>
            string.Create(CultureInfo.InvariantCulture, $"has samples of {BitsPerSample} bits, {(IsFloat ? "floating point" : "integers")}; 16, 24 and 32 are read, and floating point of 32"),
        { Channels: not (1 or 2) } => string.Create(CultureInfo.InvariantCulture, $"has {Channels} channels; a call has one or two"),
        { SampleRate: < 8_000 or > 192_000 } => string.Create(CultureInfo.InvariantCulture, $"has {SampleRate} samples a second; 8,000 to 192,000 are read"),
        _ => null,
    };

    static InputException Wrong(string file, string problem) => new($"{file} {problem}. A call is PCM in a WAV file: ffmpeg -i {file} -ar 16000 -c:a pcm_s16le call.wav makes one.");

    static bool Is(ReadOnlySpan<byte> bytes, string id) => bytes[..4].SequenceEqual(Encoding.ASCII.GetBytes(id));
}
