using System.Runtime.InteropServices;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>One speaker's voice: finds utterances in its frames, and when each has come to an end. What they become is up to its <see cref="Scribe"/>.</summary>
/// <param name="scribe">Has them written down.</param>
public sealed class Voice(Scribe scribe)
{
    /// <summary>The silence kept behind a voice, and so the most that is sent of one: 100 ms.</summary>
    const int TailHops = 10;

    // Less is the jitter of a clock that frames were stamped by.
    const long GapMs = 20;

    /// <summary>A mark of the client counts once this much of the silence was heard here too.</summary>
    const int AgreedHops = 6;

    /// <summary>The stretch that is cut although nobody paused: Whisper hears 30 s at a time.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <summary>Where a voice was cut off between two frames, the network may just be late.</summary>
    static readonly TimeSpan Late = TimeSpan.FromMilliseconds(400);

    readonly VoiceActivity activity = new();
    readonly HopReader hops = new();
    Utterance? current;
    long nextNumber;
    long heardMs;
    long knownMs;
    bool ended;

    /// <summary>When <see cref="Elapse"/> has something to do next, on the call's clock; null while nothing waits.</summary>
    public TimeSpan? Due
    {
        get
        {
            if (current is not { } speech)
            {
                return null;
            }

            var wait = !speech.Credible || !speech.Covered ? Endpointing.BeforeRequest : scribe.PauseAfter(speech);
            TimeSpan? over = scribe.Awaits(speech) ? null : speech.EndedAt + wait + Grace;
            return Growing && scribe.InterimDue(speech) is { } interim && !(over < interim) ? interim : over;
        }
    }

    bool Growing => !Silent && current is { Credible: true, Covered: false };

    bool Silent => activity.HopsSinceVoice >= AgreedHops;

    TimeSpan Grace => ended || Silent ? TimeSpan.Zero : Late;

    /// <summary>Notes that the voice has become words up to some moment.</summary>
    /// <param name="endMs">The moment, on the clock of the audio.</param>
    public void Remember(long endMs) => knownMs = Math.Max(knownMs, endMs);

    /// <summary>Hears a frame, unless it was heard before: around a change of owner some are told twice.</summary>
    /// <param name="frame">It.</param>
    /// <param name="now">The call's clock.</param>
    /// <param name="toldAgain">An owner before this one was told it.</param>
    public void Hear(AudioFrame frame, TimeSpan now, bool toldAgain)
    {
        var endMs = frame.AtMs + (long)frame.Duration().TotalMilliseconds;
        if ((toldAgain && endMs <= knownMs) || (frame.Number > 0 && frame.Number < nextNumber && endMs <= heardMs))
        {
            TranscriptionTelemetry.DropFrame("repeated");
            return;
        }

        CountLost(frame.Number);
        Follow(frame.AtMs);
        hops.Push(frame.Pcm);
        while (hops.TryRead(out var hop))
        {
            heardMs += 10;
            Hear(hop, now - TimeSpan.FromMilliseconds(Math.Max(0, endMs - heardMs)));
        }

        ended = frame.EndOfSpeech;
        Elapse(now);
    }

    /// <summary>Does what time has brought due.</summary>
    /// <param name="now">The call's clock.</param>
    public void Elapse(TimeSpan now)
    {
        if (current is { } speech)
        {
            var silence = Silence(speech, now);
            if (silence >= Endpointing.BeforeRequest || (ended && Silent))
            {
                Judge(speech, silence, now);
            }
            else
            {
                Grow(speech, now);
            }
        }

        scribe.Elapse(now);
    }

    /// <summary>Words came, or will not come.</summary>
    /// <param name="answer">They.</param>
    /// <param name="now">The call's clock.</param>
    public void Take(SpeechTranscribed answer, TimeSpan now)
    {
        if (scribe.Take(answer, now))
        {
            // With its last words an utterance may be over: then they are not shown as an interim first.
            Elapse(now);
            scribe.Show();
        }
    }

    /// <summary>Forgets everything, and ends what is under way.</summary>
    public void Clear()
    {
        current?.Release();
        current = null;
        activity.Skip(int.MaxValue / 4);
        scribe.Clear();
    }

    void Hear(ReadOnlySpan<byte> hop, TimeSpan at)
    {
        var spoke = activity.Speaking;
        activity.Hear(MemoryMarshal.Cast<byte, short>(hop));
        if (activity.Voiced)
        {
            var back = spoke ? 1 : activity.OnsetHops;
            var speech = spoke && current is not null ? current : Begin(back, at);
            speech.Append(hops, back);
            speech.Hear(activity, heardMs, at);
        }
        else if (current is not null && activity.HopsSinceVoice <= TailHops)
        {
            current.Append(hops, back: 1);
        }
    }

    /// <summary>A voice was recognised: the last one goes on, unless it was silent for too long.</summary>
    Utterance Begin(int back, TimeSpan at)
    {
        var voiceBack = 10 * Math.Max(1, back - VoiceActivity.OnsetMargin);
        if (current is { } speech)
        {
            var silence = TimeSpan.FromMilliseconds(Math.Max(0, heardMs - voiceBack - speech.EndMs));
            if (silence < (speech.Covered ? scribe.PauseAfter(speech) : Endpointing.AfterWords))
            {
                return speech;
            }

            Close(speech, silence);
        }

        return current = new Utterance(new PcmBuffer(), heardMs - voiceBack, at - TimeSpan.FromMilliseconds(voiceBack));
    }

    void Judge(Utterance speech, TimeSpan silence, TimeSpan now)
    {
        if (!speech.Credible)
        {
            TranscriptionTelemetry.Filter("noise");
            speech.Release();
            current = null;
        }
        else if (!speech.Covered)
        {
            scribe.Ask(speech, final: true, now);
        }
        else if (silence >= scribe.PauseAfter(speech))
        {
            Close(speech, silence);
        }
    }

    void Grow(Utterance speech, TimeSpan now)
    {
        if (speech.Credible && speech.Pcm.Length >= Longest.TotalSeconds * 2 * AudioFrame.SampleRate)
        {
            var rest = speech.Split(QuietPlace.In(speech.Pcm.Bytes));
            scribe.Finish(speech);
            current = rest;
        }
        else if (Growing && scribe.InterimDue(speech) <= now)
        {
            scribe.Ask(speech, final: false, now);
        }
    }

    void Close(Utterance speech, TimeSpan silence)
    {
        current = null;
        speech.SilenceAfter = silence;
        scribe.Finish(speech);
    }

    /// <summary>The silence since the voice was last heard, by whichever clock shows more: audio may come faster than it was spoken, or no more of it at all.</summary>
    TimeSpan Silence(Utterance speech, TimeSpan now)
    {
        var heard = TimeSpan.FromMilliseconds(heardMs - speech.EndMs);
        var passed = now - speech.EndedAt - Grace;
        return heard > passed ? heard : passed;
    }

    /// <summary>Frames follow each other without a gap within a stretch; where they do not, time has passed in silence.</summary>
    void Follow(long atMs)
    {
        var gap = atMs - heardMs - (hops.Left * 1000L / AudioFrame.SampleRate);
        if (Math.Abs(gap) <= GapMs)
        {
            return;
        }

        hops.Break();
        heardMs = atMs;
        activity.Skip((int)Math.Clamp(gap / 10, 0, 1000));
    }

    void CountLost(long number)
    {
        if (number > nextNumber && nextNumber > 0)
        {
            TranscriptionTelemetry.LoseFrames(number - nextNumber);
        }

        nextNumber = number + 1;
    }
}
