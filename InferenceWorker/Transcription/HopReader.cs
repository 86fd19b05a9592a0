namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Cuts frames into hops of 10 ms, and keeps the last hops: a voice begins before it is recognised.</summary>
public sealed class HopReader
{
    /// <summary>The bytes of a hop.</summary>
    public const int HopBytes = VoiceActivity.HopSamples * 2;

    const int Kept = 64;

    readonly byte[] ring = new byte[Kept * HopBytes];
    ReadOnlyMemory<byte> frame;
    int started;

    /// <summary>Hops read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Samples that are not yet a hop.</summary>
    public int Left => started / 2;

    /// <summary>Takes a frame; it is to be read to its end before the next one.</summary>
    /// <param name="pcm">The frame.</param>
    public void Push(ReadOnlyMemory<byte> pcm) => frame = pcm;

    /// <summary>Forgets samples that are not yet a hop: what comes does not follow them.</summary>
    public void Break() => started = 0;

    /// <summary>Reads the next hop.</summary>
    /// <param name="hop">It; valid until the next one is read.</param>
    /// <returns>False when the frame has no whole hop left.</returns>
    public bool TryRead(out ReadOnlySpan<byte> hop)
    {
        var place = ring.AsSpan((int)(Count % Kept) * HopBytes, HopBytes);
        var taken = Math.Min(HopBytes - started, frame.Length);
        frame.Span[..taken].CopyTo(place[started..]);
        frame = frame[taken..];
        started += taken;
        hop = place;
        if (started < HopBytes)
        {
            return false;
        }

        started = 0;
        Count++;
        return true;
    }

    /// <summary>Copies hops that were read.</summary>
    /// <param name="from">The first one; one that is not kept any more is left out.</param>
    /// <param name="to">Where they are added.</param>
    public void CopyFrom(long from, PcmBuffer to)
    {
        // The oldest one's place may already hold the beginning of the next hop.
        for (var hop = Math.Max(from, Count - Kept + 1); hop < Count; hop++)
        {
            to.Append(ring.AsSpan((int)(hop % Kept) * HopBytes, HopBytes));
        }
    }
}
