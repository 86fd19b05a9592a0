using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>Makes WAV files of 16 kHz mono PCM16, as Chromium's fake microphone plays them.</summary>
static class SoundFile
{
    /// <summary>A WAV file.</summary>
    /// <param name="samples">Its samples.</param>
    /// <param name="silenceMs">So much silence goes before them, in milliseconds.</param>
    public static byte[] Of(ReadOnlySpan<short> samples, int silenceMs)
    {
        var silence = silenceMs * Recording.Rate / 1000;
        var bytes = 2 * (silence + samples.Length);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Recording.Rate);
        writer.Write(2 * Recording.Rate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(bytes);
        writer.Write(new byte[2 * silence]);
        foreach (var sample in samples)
        {
            writer.Write(sample);
        }

        return stream.ToArray();
    }
}
