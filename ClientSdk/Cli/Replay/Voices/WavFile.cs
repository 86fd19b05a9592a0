using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>The channels of a WAV file, read as they are needed.</summary>
sealed class WavFile : IDisposable
{
    /// <summary>The length of a step: 40 ms.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);

    const int FrameSamples = AudioFrame.SampleRate / 25;
    const int BlockFrames = 4096;

    readonly FileStream stream;
    readonly WavHeader header;
    readonly long bytes;

    WavFile(FileStream stream, WavHeader header)
    {
        (this.stream, this.header) = (stream, header);
        var there = stream.Length - header.DataStart;
        var named = header.DataBytes ?? there;
        bytes = Math.Min(named, there) / header.FrameBytes * header.FrameBytes;
        MissingSeconds = Seconds(Math.Max(0, named - there));
    }

    /// <summary>1 or 2.</summary>
    public int Channels => header.Channels;

    /// <summary>How long it is.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(Seconds(bytes));

    /// <summary>The seconds that its header names and that it does not hold.</summary>
    public double MissingSeconds { get; }

    /// <summary>Whether a file is meant to be a WAV file, by its name or its first bytes.</summary>
    public static bool Is(string file)
    {
        if (Path.GetExtension(file).ToLowerInvariant() is ".wav" or ".wave")
        {
            return true;
        }

        try
        {
            using var stream = File.OpenRead(file);
            Span<byte> start = stackalloc byte[4];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && WavHeader.Begins(start);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next reader reports it.
            return false;
        }
    }

    /// <summary>Opens one.</summary>
    /// <exception cref="InputException">It cannot be read, or is none that can be replayed.</exception>
    public static WavFile Open(string file)
    {
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(file);
            var wav = new WavFile(stream, WavHeader.Read(stream, file));
            return wav.bytes > 0 ? wav : throw new InputException($"{file} holds no samples.");
        }
        catch (Exception error)
        {
            stream?.Dispose();
            throw error is IOException or UnauthorizedAccessException
                ? new InputException($"{file} cannot be read: {error.Message}")
                : error;
        }
    }

    /// <summary>Whether both channels hold the same sound, judged by the first minute.</summary>
    public bool IsDualMono()
    {
        var half = header.FrameBytes / 2;
        var blocks = Blocks().Take(header.SampleRate * 60 / BlockFrames);
        return Channels == 2 && blocks.All(block =>
        {
            for (var frame = block.Span; frame.Length > 0; frame = frame[header.FrameBytes..])
            {
                if (!frame[..half].SequenceEqual(frame[half..header.FrameBytes]))
                {
                    return false;
                }
            }

            return true;
        });
    }

    /// <summary>
    /// The recording in steps of <see cref="Frame"/>: of each channel, its samples as mono PCM of 16 kHz and 16 bits. The last step may be
    /// shorter.
    /// </summary>
    public IEnumerable<byte[][]> Frames()
    {
        var voices = Enumerable.Range(0, Channels).Select(_ => new Voice(header.SampleRate)).ToArray();
        foreach (var block in Blocks())
        {
            for (var channel = 0; channel < Channels; channel++)
            {
                voices[channel].Write(SamplesOf(block, channel));
            }

            while (voices[0].Count >= FrameSamples)
            {
                yield return [.. voices.Select(voice => voice.Read(FrameSamples))];
            }
        }

        foreach (var voice in voices)
        {
            voice.End();
        }

        while (voices[0].Count > 0)
        {
            yield return [.. voices.Select(voice => voice.Read(FrameSamples))];
        }
    }

    public void Dispose() => stream.Dispose();

    IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        var block = new byte[BlockFrames * header.FrameBytes];
        stream.Position = header.DataStart;
        for (var left = bytes; left > 0;)
        {
            var wanted = (int)Math.Min(left, block.Length);
            var read = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            read -= read % header.FrameBytes;
            if (read == 0)
            {
                yield break;
            }

            yield return block.AsMemory(0, read);
            left -= read;
        }
    }

    float[] SamplesOf(ReadOnlyMemory<byte> block, int channel)
    {
        var size = header.BitsPerSample / 8;
        var samples = new float[block.Length / header.FrameBytes];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Sample(block.Span.Slice((i * header.FrameBytes) + (channel * size), size));
        }

        return samples;
    }

    float Sample(ReadOnlySpan<byte> sample) => header switch
    {
        { Encoding: SampleEncoding.Float } =>
            BinaryPrimitives.ReadSingleLittleEndian(sample) is var value && float.IsFinite(value) ? value : 0,
        { Encoding: SampleEncoding.MuLaw } => MuLaw(sample[0]),
        { Encoding: SampleEncoding.ALaw } => ALaw(sample[0]),
        { BitsPerSample: 8 } => (sample[0] - 128) / 128f,
        { BitsPerSample: 16 } => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
        { BitsPerSample: 24 } => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
    };

    /// <summary>G.711, µ-law: sign, three bits of exponent, four of mantissa, all inverted, with a bias of 33.</summary>
    static float MuLaw(byte code)
    {
        var bits = ~code;
        var level = ((((bits & 0x0F) << 1) + 33) << ((bits >> 4) & 7)) - 33;
        return ((bits & 0x80) == 0 ? level : -level) / 8192f;
    }

    /// <summary>G.711, A-law: every other bit inverted; without the leading one for the smallest exponent.</summary>
    static float ALaw(byte code)
    {
        var bits = code ^ 0x55;
        var exponent = (bits >> 4) & 7;
        var level = exponent == 0 ? ((bits & 0x0F) << 1) + 1 : (((bits & 0x0F) << 1) + 33) << (exponent - 1);
        return ((bits & 0x80) != 0 ? level : -level) / 4096f;
    }

    double Seconds(long length) => (double)length / header.FrameBytes / header.SampleRate;

    /// <summary>One channel at 16 kHz.</summary>
    sealed class Voice(int rate)
    {
        readonly Resampler? resampler = rate == AudioFrame.SampleRate ? null : new Resampler(rate);
        readonly List<short> samples = [];

        public int Count => samples.Count;

        public void Write(ReadOnlySpan<float> read)
        {
            if (resampler is not null)
            {
                resampler.Write(read, samples);
                return;
            }

            foreach (var sample in read)
            {
                samples.Add((short)Math.Clamp(sample * 32768, short.MinValue, short.MaxValue));
            }
        }

        public void End() => resampler?.End(samples);

        public byte[] Read(int most)
        {
            var read = CollectionsMarshal.AsSpan(samples)[..Math.Min(most, samples.Count)];
            var pcm = MemoryMarshal.AsBytes(read).ToArray();
            samples.RemoveRange(0, read.Length);
            return pcm;
        }
    }
}
