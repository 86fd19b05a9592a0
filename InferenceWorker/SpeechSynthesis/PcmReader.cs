using System.Buffers.Binary;
using System.Text;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>
/// Takes the bytes of an answer in pieces of any size and gives whole samples. The header of a WAV file, which some servers send in spite
/// of <c>response_format=pcm</c>, is left out; any other format is refused, since it would be played as noise.
/// </summary>
sealed class PcmReader
{
    const int LongestHeader = 4096;
    const int ShortestChunk = 8;
    const int RiffHeader = 12;

    readonly List<byte> pending = [];
    bool started;

    /// <returns>The whole samples; empty where none is complete yet.</returns>
    /// <exception cref="SynthesisException">The audio has another format.</exception>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> bytes)
    {
        pending.AddRange(bytes);
        if (!started && !Start())
        {
            return default;
        }

        var samples = pending.GetRange(0, pending.Count & ~1).ToArray();
        pending.RemoveRange(0, samples.Length);
        return samples;
    }

    /// <summary>Recognises the format by the first bytes.</summary>
    /// <returns>False where more are needed.</returns>
    bool Start()
    {
        var head = Encoding.Latin1.GetString([.. pending.Take(4)]);
        if (head.StartsWith("ID3", StringComparison.Ordinal) || head is "OggS" or "fLaC" or "RIFX")
        {
            throw Wrong($"The audio begins with {head[..3]}");
        }

        if (!"RIFF".StartsWith(head, StringComparison.Ordinal))
        {
            return started = true;
        }

        return pending.Count >= RiffHeader && SkipHeader();
    }

    /// <summary>Finds the samples of a WAV file (RIFF, Multimedia Programming Interface 1.0).</summary>
    bool SkipHeader()
    {
        var file = pending.ToArray().AsSpan();
        for (var at = RiffHeader; at + ShortestChunk <= file.Length;)
        {
            var name = Encoding.Latin1.GetString(file.Slice(at, 4));
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += ShortestChunk;
            if (name == "data")
            {
                pending.RemoveRange(0, at);
                return started = true;
            }

            if (name == "fmt " && length >= 16 && at + 16 <= file.Length)
            {
                Check(file[at..]);
            }

            at += (int)Math.Min(length + (length & 1), LongestHeader);
        }

        return file.Length > LongestHeader ? throw Wrong("The WAV header has no end") : false;
    }

    static void Check(ReadOnlySpan<byte> format)
    {
        var (encoding, channels) = (BinaryPrimitives.ReadUInt16LittleEndian(format), BinaryPrimitives.ReadUInt16LittleEndian(format[2..]));
        var (rate, bits) = (BinaryPrimitives.ReadUInt32LittleEndian(format[4..]), BinaryPrimitives.ReadUInt16LittleEndian(format[14..]));

        // 0xFFFE: the encoding stands further on, and is PCM where a sample has 16 bits.
        if (encoding is not (1 or 0xFFFE) || channels != 1 || rate != SpeechFrame.SampleRate || bits != 16)
        {
            throw Wrong($"The audio is a WAV file of {rate} Hz, {bits} bits and {channels} channels, encoding {encoding}");
        }
    }

    static SynthesisException Wrong(string what) => new(SynthesisFailure.WrongFormat) { ServerSays = what };
}
