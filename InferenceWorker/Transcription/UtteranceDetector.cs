using System.Runtime.InteropServices;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Finds utterances in one speaker's frames, and how long the voice has been silent since.</summary>
/// <param name="model">Judges voices that no client gated; null where level and pitch judge all.</param>
public sealed class UtteranceDetector(SpeechModel? model)
{
    /// <summary>The silence kept behind a voice, and so the most that is transcribed of one: 100 ms.</summary>
    const int TailHops = 10;

    /// <summary>A client's mark of the end of speech counts once this much of the silence was heard here too: 60 ms.</summary>
    const int AgreedHops = 6;

    /// <summary>Where frames stop in the middle of a voice, the network may just be late.</summary>
    static readonly TimeSpan Late = TimeSpan.FromMilliseconds(400);

    readonly FrameReader reader = new();

    // A call in which nobody speaks needs none.
    IVoiceActivity? activity;
    bool marked;

    /// <summary>Whether the model judges the voice.</summary>
    public bool UsesModel => activity is SileroActivity;

    /// <summary>The utterance that is not over; null while there is none.</summary>
    public Utterance? Current { get; private set; }

    /// <summary>Whether the voice has been silent for 60 ms.</summary>
    public bool Silent => activity is null || activity.HopsSinceVoice >= AgreedHops;

    /// <summary>Whether the client judges that the speech is over, and the silence heard here agrees.</summary>
    public bool EndAgreed => marked && Silent;

    /// <summary>What is allowed for a late network where frames stop in the middle of a voice.</summary>
    public TimeSpan Grace => marked || Silent ? TimeSpan.Zero : Late;

    /// <inheritdoc cref="FrameReader.Remember"/>
    public void Remember(long endMs) => reader.Remember(endMs);

    /// <summary>Reads a frame.</summary>
    /// <param name="now">The call's clock.</param>
    /// <param name="toldAgain">An earlier owner of the call was sent it.</param>
    /// <param name="language">The language of the call, a BCP 47 tag; null means English.</param>
    /// <returns>The utterance that ended because another one began; null where none did.</returns>
    public Utterance? Accept(AudioFrame frame, TimeSpan now, bool toldAgain, string? language)
    {
        if (!reader.Accept(frame, toldAgain, out var skipped))
        {
            return null;
        }

        var wantsModel = model is not null && !frame.Gated;
        if (activity is null || UsesModel != wantsModel)
        {
            activity = wantsModel ? new SileroActivity(model!) : new VoiceActivity();
        }

        Utterance? ended = null;
        var endMs = FrameReader.EndMs(frame);
        activity.Skip(skipped);
        while (reader.TryRead(out var hop))
        {
            var spoke = activity.Speaking;
            activity.Process(MemoryMarshal.Cast<byte, short>(hop));
            if (activity.Voiced)
            {
                var at = now - TimeSpan.FromMilliseconds(Math.Max(0, endMs - reader.PositionMs));
                var back = spoke ? 1 : activity.OnsetHops;
                ended = spoke && Current is not null ? ended : Begin(back, at, language) ?? ended;
                Current!.Append(reader, back);
                Current.AddVoice(activity, reader.PositionMs, at);
            }
            else if (activity.HopsSinceVoice <= TailHops)
            {
                Current?.Append(reader, back: 1);
            }
        }

        marked = frame.EndOfSpeech;
        return ended;
    }

    /// <summary>
    /// The silence since the voice was last heard, by whichever clock shows more: audio may come faster than it was spoken, or stop coming.
    /// </summary>
    /// <param name="now">The call's clock.</param>
    public TimeSpan Silence(TimeSpan now)
    {
        var heard = TimeSpan.FromMilliseconds(reader.PositionMs - Current!.EndMs);
        var passed = now - Current.EndedAt - Grace;
        return heard > passed ? heard : passed;
    }

    /// <summary>Ends the current utterance.</summary>
    public Utterance Close(TimeSpan silence)
    {
        var speech = Current!;
        (speech.SilenceAfter, Current) = (silence, null);
        return speech;
    }

    /// <summary>Cuts an utterance that has no pause in two at a quiet place; the second part is the current one.</summary>
    public Utterance Cut()
    {
        var speech = Current!;
        Current = speech.Split(QuietPlace.In(speech.Pcm.Bytes));
        return speech;
    }

    /// <summary>Drops the current utterance.</summary>
    public void Discard()
    {
        Current?.Release();
        Current = null;
    }

    /// <summary>Forgets everything but the place in the audio.</summary>
    public void Clear()
    {
        Discard();
        activity?.Skip(int.MaxValue / 4);
    }

    /// <summary>A voice was recognised: the current utterance goes on, unless it was silent for too long.</summary>
    Utterance? Begin(int back, TimeSpan at, string? language)
    {
        var voiceBack = 10 * Math.Max(1, back - VoiceActivity.OnsetMargin);
        Utterance? ended = null;
        if (Current is { } speech)
        {
            var silence = TimeSpan.FromMilliseconds(Math.Max(0, reader.PositionMs - voiceBack - speech.EndMs));
            if (silence < (speech.Covered ? speech.PauseAfter(language) : Endpointing.AfterWords))
            {
                return null;
            }

            ended = Close(silence);
        }

        Current = new Utterance(new PcmBuffer(), reader.PositionMs - voiceBack, at - TimeSpan.FromMilliseconds(voiceBack));
        return ended;
    }
}
