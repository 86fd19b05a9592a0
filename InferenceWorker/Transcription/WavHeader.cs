using System.Buffers.Binary;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>The header of a WAV file of PCM16 mono (RIFF, Multimedia Programming Interface 1.0).</summary>
static class WavHeader
{
    /// <summary>Its size.</summary>
    public const int Bytes = 44;

    /// <summary>Writes the header.</summary>
    /// <param name="pcmBytes">The size of the samples behind it.</param>
    public static void Write(Span<byte> file, int pcmBytes)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], Bytes - 8 + pcmBytes);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], AudioFrame.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], AudioFrame.SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], pcmBytes);
    }
}
