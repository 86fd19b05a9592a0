using System.Text;

namespace Teleprompter.Tests.Unit.Cli;

/// <summary>Writes WAV files as other programs do.</summary>
static class WavBytes
{
    public const int Pcm = 1;
    public const int Float = 3;
    public const int ALaw = 6;
    public const int MuLaw = 7;
    public const int Extensible = 0xFFFE;

    /// <summary>A file whose channels are given as functions of the time in seconds, from -1 to 1.</summary>
    public static byte[] Of(int rate, int bits, double seconds, int format = Pcm, params Func<double, double>[] channels)
    {
        using var data = new MemoryStream();
        using var samples = new BinaryWriter(data);
        for (var i = 0; i < (int)Math.Round(seconds * rate); i++)
        {
            foreach (var channel in channels)
            {
                Write(samples, channel((double)i / rate), bits, format);
            }
        }

        return Of(rate, bits, channels.Length, format, data.ToArray());
    }

    /// <summary>A file with these samples; the length of the samples may be a lie.</summary>
    public static byte[] Of(int rate, int bits, int channels, int format, byte[] data, uint? named = null)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(Encoding.ASCII.GetBytes("RIFF\0\0\0\0WAVELIST"));
        writer.Write(3);
        writer.Write("abc\0"u8);
        writer.Write("fmt "u8);
        writer.Write(format == Extensible ? 40 : 16);
        writer.Write((ushort)format);
        writer.Write((ushort)channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((ushort)(channels * bits / 8));
        writer.Write((ushort)bits);
        if (format == Extensible)
        {
            writer.Write((ushort)22);
            writer.Write((ushort)bits);
            writer.Write(0);
            writer.Write((ushort)Pcm);
            writer.Write(new byte[14]);
        }

        writer.Write("data"u8);
        writer.Write(named ?? (uint)data.Length);
        writer.Write(data);
        return file.ToArray();
    }

    static void Write(BinaryWriter writer, double sample, int bits, int format)
    {
        switch (format)
        {
            case Float:
                writer.Write((float)sample);
                return;
            case ALaw or MuLaw:
                writer.Write(Logarithmic(sample, format == MuLaw));
                return;
            case Pcm when bits == 8:
                writer.Write((byte)Math.Clamp(Math.Round(sample * 128) + 128, 0, 255));
                return;
        }

        var value = (int)Math.Round(sample * ((1L << (bits - 1)) - 1));
        for (var shift = 0; shift < bits; shift += 8)
        {
            writer.Write((byte)(value >> shift));
        }
    }

    /// <summary>G.711, the way its tables tell: the segment of the level, then where in the segment it lies.</summary>
    static byte Logarithmic(double sample, bool mu)
    {
        var level = (int)Math.Min(Math.Abs(sample) * (mu ? 8192 : 4096) + (mu ? 33 : 0), mu ? 8191 : 4095);
        var segment = mu ? Math.Max(0, (int)Math.Log2(level) - 5) : level < 32 ? 0 : (int)Math.Log2(level) - 4;
        var step = mu ? (level >> (segment + 1)) & 15 : (level >> Math.Max(1, segment)) & 15;
        var code = (segment << 4) | step;
        return (byte)(mu ? ~(code | (sample < 0 ? 0x80 : 0)) : (code | (sample < 0 ? 0 : 0x80)) ^ 0x55);
    }
}
