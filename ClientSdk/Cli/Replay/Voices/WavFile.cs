using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>The voices in a WAV file, read as they are needed.</summary>
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
        var named = header.DataBytes is 0 or > int.MaxValue ? there : header.DataBytes;
        bytes = Math.Min(named, there) / header.FrameBytes * header.FrameBytes;
        MissingSeconds = Seconds(Math.Max(0, named - there));
    }

    /// <summary>How many voices: 1 or 2.</summary>
    public int Channels => header.Channels;

    /// <summary>How long it is.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(Seconds(bytes));

    /// <summary>What it names and does not have.</summary>
    public double MissingSeconds { get; }

    /// <summary>Whether a file is meant to be a WAV file, by its name or its first bytes.</summary>
    /// <param name="file">The file.</param>
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
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("RIFF"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it next says so.
            return false;
        }
    }

    /// <summary>Opens one.</summary>
    /// <param name="file">The file.</param>
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
            throw error is IOException or UnauthorizedAccessException ? new InputException($"{file} cannot be read: {error.Message}") : error;
        }
    }

    /// <summary>The recording in steps of <see cref="Frame"/>: of each channel, its samples as mono PCM of 16 kHz and 16 bits. The last step may be shorter.</summary>
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

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        var block = new byte[BlockFrames * header.FrameBytes];
        stream.Position = header.DataStart;
        for (var left = bytes; left > 0;)
        {
            var wanted = (int)Math.Min(left, block.Length);
            var read = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false) / header.FrameBytes * header.FrameBytes;
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
        { IsFloat: true } => BinaryPrimitives.ReadSingleLittleEndian(sample) is var value && float.IsFinite(value) ? value : 0,
        { BitsPerSample: 16 } => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
        { BitsPerSample: 24 } => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
    };

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
