using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// One speaker's frames as hops of 10 ms on the clock of the audio: repeated frames are dropped, lost ones counted, gaps skipped. Keeps the
/// last hops, because a voice begins before it is recognised.
/// </summary>
public sealed class FrameReader
{
    /// <summary>The bytes of a hop.</summary>
    public const int HopBytes = VoiceActivity.HopSamples * 2;

    const int Kept = 64;

    // A smaller gap is the jitter of the clock that stamped the frames.
    const long GapMs = 20;

    // A call in which nobody speaks needs none.
    byte[] ring = [];
    ReadOnlyMemory<byte> frame;
    int started;
    long nextNumber;
    long knownMs;

    /// <summary>Hops read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Where the last hop ended on the clock of the audio, in milliseconds.</summary>
    public long PositionMs { get; private set; }

    /// <summary>Notes that the voice up to some moment has become words: a new owner of the call may be sent it again.</summary>
    /// <param name="endMs">The moment, on the clock of the audio, in milliseconds.</param>
    public void Remember(long endMs) => knownMs = Math.Max(knownMs, endMs);

    /// <summary>Accepts a frame, which is to be read to its end before the next one.</summary>
    /// <param name="toldAgain">An earlier owner of the call was sent it.</param>
    /// <param name="skipped">The hops of silence before it that were not sent; negative where the clock went back.</param>
    /// <returns>False for a frame that was read before; it is counted.</returns>
    public bool Accept(AudioFrame next, bool toldAgain, out int skipped)
    {
        skipped = 0;
        var endMs = EndMs(next);
        if ((toldAgain && endMs <= knownMs) || (next.Number > 0 && next.Number < nextNumber && endMs <= PositionMs))
        {
            TranscriptionTelemetry.DropFrame("repeated");
            return false;
        }

        if (next.Number > nextNumber && nextNumber > 0)
        {
            TranscriptionTelemetry.LoseFrames(next.Number - nextNumber);
        }

        if (ring.Length == 0)
        {
            ring = new byte[Kept * HopBytes];
        }

        nextNumber = next.Number + 1;
        var gap = next.AtMs - PositionMs - (started / 2 * 1000L / AudioFrame.SampleRate);
        if (Math.Abs(gap) > GapMs)
        {
            (started, PositionMs) = (0, next.AtMs);
            skipped = (int)Math.Clamp(gap / 10, 0, 1000);
        }

        frame = next.Pcm;
        return true;
    }

    /// <summary>Reads the next hop.</summary>
    /// <param name="hop">The hop; valid until the next one is read.</param>
    /// <returns>False when the frame has no whole hop left.</returns>
    public bool TryRead(out ReadOnlySpan<byte> hop)
    {
        var place = ring.AsSpan((int)(Count % Kept) * HopBytes, HopBytes);
        var copied = Math.Min(HopBytes - started, frame.Length);
        frame.Span[..copied].CopyTo(place[started..]);
        frame = frame[copied..];
        started += copied;
        hop = place;
        if (started < HopBytes)
        {
            return false;
        }

        (started, PositionMs) = (0, PositionMs + 10);
        Count++;
        return true;
    }

    /// <summary>Copies hops that were read.</summary>
    /// <param name="from">The first one; those that are no longer kept are left out.</param>
    public void CopyFrom(long from, PcmBuffer to)
    {
        // The oldest one's place may already hold the beginning of the next hop.
        for (var hop = Math.Max(from, Count - Kept + 1); hop < Count; hop++)
        {
            to.Append(ring.AsSpan((int)(hop % Kept) * HopBytes, HopBytes));
        }
    }

    /// <summary>Where a frame ends on the clock of the audio, in milliseconds.</summary>
    public static long EndMs(AudioFrame frame) => frame.AtMs + (long)frame.Duration().TotalMilliseconds;
}
