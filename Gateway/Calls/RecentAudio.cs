using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>
/// The last seconds of a call's audio. An owner that dies in the middle of a sentence loses what it received of it; the next owner receives
/// it again. Bounded: frames older than <see cref="KeptFor"/>, and the oldest beyond <see cref="MaxBytes"/>, are dropped.
/// </summary>
public sealed class RecentAudio
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(15);

    /// <summary>20 s of one voice: 640 kB.</summary>
    public const int MaxBytes = 20 * 2 * AudioFrame.SampleRate;

    readonly Queue<(TimeSpan At, AudioFrame Frame)> frames = [];
    int bytes;
    bool held;

    /// <summary>Sends a frame, unless the owner is being replaced: then <see cref="Resend"/> sends it with the others.</summary>
    /// <param name="send">Sends to the owner. Called in the order of the frames.</param>
    public void Send(AudioFrame frame, TimeSpan now, Action<AudioHeard> send)
    {
        lock (frames)
        {
            frames.Enqueue((now, frame));
            bytes += frame.Pcm.Length;
            Trim(now);
            if (!held)
            {
                send(new AudioHeard(frame));
            }
        }
    }

    /// <summary>Holds back what comes from now on, until <see cref="Resend"/>.</summary>
    public void Hold()
    {
        lock (frames)
        {
            held = true;
        }
    }

    /// <summary>Sends what is kept to a new owner.</summary>
    public void Resend(TimeSpan now, Action<AudioHeard> send)
    {
        lock (frames)
        {
            Trim(now);
            foreach (var (_, frame) in frames)
            {
                send(new AudioHeard(frame, ToldAgain: true));
            }

            held = false;
        }
    }

    /// <summary>Drops everything: the call is off the record.</summary>
    public void Clear()
    {
        lock (frames)
        {
            frames.Clear();
            bytes = 0;
        }
    }

    void Trim(TimeSpan now)
    {
        while (frames.TryPeek(out var oldest) && (bytes > MaxBytes || now - oldest.At > KeptFor))
        {
            bytes -= frames.Dequeue().Frame.Pcm.Length;
        }
    }
}
