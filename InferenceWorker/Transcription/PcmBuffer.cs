using System.Buffers;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Sound that grows, in pooled memory.</summary>
public sealed class PcmBuffer : IDisposable
{
    // One second; a stretch that ends within it never grows.
    const int StartBytes = 32_000;

    byte[] bytes = ArrayPool<byte>.Shared.Rent(StartBytes);

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>How long the sound lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Length / (2.0 * AudioFrame.SampleRate));

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    /// <summary>Adds sound at the end.</summary>
    public void Append(ReadOnlySpan<byte> pcm)
    {
        if (Length + pcm.Length > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, Length + pcm.Length));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        pcm.CopyTo(bytes.AsSpan(Length));
        Length += pcm.Length;
    }

    /// <summary>Moves the end to a buffer of its own.</summary>
    /// <param name="at">Where the end begins, in bytes.</param>
    public PcmBuffer Split(int at)
    {
        var end = new PcmBuffer();
        end.Append(Bytes[at..]);
        Length = at;
        return end;
    }

    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        (bytes, Length) = ([], 0);
    }
}
