using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>
/// The last seconds of a call's voices. An owner that dies in the middle of a sentence takes what it heard of it along; the next one is told it again. Bounded: what is older than
/// <see cref="KeptFor"/>, or more than <see cref="MostBytes"/>, is forgotten.
/// </summary>
public sealed class RecentVoices
{
    /// <summary>How long a frame is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(15);

    /// <summary>The most sound that is kept: 20 s of one voice, 640 kB.</summary>
    public const int MostBytes = 20 * 2 * AudioFrame.SampleRate;

    readonly Queue<(TimeSpan At, AudioFrame Frame)> frames = [];
    int bytes;
    bool held;

    /// <summary>Passes a frame on, unless the owner is being replaced: then it is told with the others.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="now">The call's clock.</param>
    /// <param name="tell">Tells the owner. Called in the order of the frames.</param>
    public void Pass(AudioFrame frame, TimeSpan now, Action<AudioHeard> tell)
    {
        lock (frames)
        {
            frames.Enqueue((now, frame));
            bytes += frame.Pcm.Length;
            Trim(now);
            if (!held)
            {
                tell(new AudioHeard(frame));
            }
        }
    }

    /// <summary>The owner is about to be replaced: whatever comes now waits for <see cref="TellAgain"/>.</summary>
    public void Hold()
    {
        lock (frames)
        {
            held = true;
        }
    }

    /// <summary>Tells the new owner what there is.</summary>
    /// <param name="now">The call's clock.</param>
    /// <param name="tell">Tells it.</param>
    public void TellAgain(TimeSpan now, Action<AudioHeard> tell)
    {
        lock (frames)
        {
            Trim(now);
            foreach (var (_, frame) in frames)
            {
                tell(new AudioHeard(frame, ToldAgain: true));
            }

            held = false;
        }
    }

    /// <summary>Forgets all: off the record.</summary>
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
        while (frames.TryPeek(out var oldest) && (bytes > MostBytes || now - oldest.At > KeptFor))
        {
            bytes -= frames.Dequeue().Frame.Pcm.Length;
        }
    }
}
