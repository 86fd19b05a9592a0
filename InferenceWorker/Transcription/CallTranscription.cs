using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// The ears of a call: both speakers' voices, never mixed, become words. A state machine for the call's one reader; it never waits. It outlives a rebuilt pipeline:
/// what the store knows of a call it can give back, but not the half of a sentence that has been heard.
/// </summary>
public sealed class CallTranscription
{
    const double LagStepMs = 500;

    // Less is the usual time of a transcriber.
    const double BehindMs = 1000;

    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    readonly ICallTranscriber transcriber;
    readonly Scribe[] scribes;
    readonly Voice[] voices;
    bool unheard;

    /// <summary>Creates the ears of a call.</summary>
    /// <param name="transcriber">Turns sound into words.</param>
    public CallTranscription(ICallTranscriber transcriber)
    {
        this.transcriber = transcriber;
        scribes = [new Scribe(Speaker.Rep, transcriber), new Scribe(Speaker.Customer, transcriber)];
        voices = [.. scribes.Select(scribe => new Voice(scribe))];
    }

    /// <summary>When <see cref="Elapse"/> has something to do next, or the lag has changed, on the call's clock; null while nothing waits.</summary>
    public TimeSpan? Due { get; private set; }

    /// <summary>Listens for a pipeline from now on.</summary>
    /// <param name="terms">What helps to understand the call.</param>
    /// <param name="say">Takes the words.</param>
    public void Serve(CallTerms terms, Action<HeardWords> say) => Array.ForEach(scribes, scribe => scribe.Serve(terms, say));

    /// <summary>Notes words that an owner before this one heard: their sound may come again.</summary>
    /// <param name="segment">They, final.</param>
    public void Remember(TranscriptSegment segment)
    {
        if (Utterance.Made(segment.SegmentId))
        {
            voices[(int)segment.Speaker].Remember(segment.EndMs);
        }
    }

    /// <summary>Whether voices become words, and how late. Voices that arrive where nothing is configured to transcribe them are not passed over in silence.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The facts of the status; the lag in milliseconds.</returns>
    public (TranscriptionState State, long LagMs) Facts(TimeSpan now)
    {
        var state = unheard ? TranscriptionState.Unavailable : transcriber.State;
        var lag = Math.Max(scribes[0].Lag(now).TotalMilliseconds, scribes[1].Lag(now).TotalMilliseconds);
        return state != TranscriptionState.Ready || lag < BehindMs
            ? (state, 0)
            : (TranscriptionState.Behind, (long)(Math.Floor(lag / LagStepMs) * LagStepMs));
    }

    /// <summary>Hears a frame.</summary>
    /// <param name="frame">It.</param>
    /// <param name="now">The call's clock.</param>
    /// <param name="toldAgain">An owner before this one was told it.</param>
    public void Hear(AudioFrame frame, TimeSpan now, bool toldAgain = false)
    {
        if (transcriber.State == TranscriptionState.None)
        {
            unheard = true;
            TranscriptionTelemetry.DropFrame("notConfigured");
            return;
        }

        voices[(int)frame.Speaker].Hear(frame, now, toldAgain);
        Due = NextDue(now);
    }

    /// <summary>Words came, or will not come.</summary>
    /// <param name="answer">They.</param>
    /// <param name="now">The call's clock.</param>
    public void Take(SpeechTranscribed answer, TimeSpan now)
    {
        Array.ForEach(voices, voice => voice.Take(answer, now));
        Due = NextDue(now);
    }

    /// <summary>Does what time has brought due.</summary>
    /// <param name="now">The call's clock.</param>
    public void Elapse(TimeSpan now)
    {
        if (Due <= now)
        {
            Array.ForEach(voices, voice => voice.Elapse(now));
            Due = NextDue(now);
        }
    }

    /// <summary>Ends what is under way at the transcriber, and keeps what was heard: it is asked for again if the call goes on here.</summary>
    /// <param name="now">The call's clock.</param>
    public void Interrupt(TimeSpan now)
    {
        Array.ForEach(scribes, scribe => scribe.Interrupt());
        Due = NextDue(now);
    }

    /// <summary>Forgets everything, and ends what is under way: off the record, or the call is over.</summary>
    public void Clear()
    {
        Array.ForEach(voices, voice => voice.Clear());
        Due = null;
    }

    TimeSpan? NextDue(TimeSpan now)
    {
        var next = voices.Select(voice => voice.Due).Concat(scribes.Select(scribe => NextLagStep(scribe, now))).Min();

        // What could not be done yet is looked at again, and never in a busy loop.
        return next <= now ? now + LookAgain : next;
    }

    static TimeSpan? NextLagStep(Scribe scribe, TimeSpan now)
    {
        if (scribe.WantedSince is { } since)
        {
            var late = (now - since).TotalMilliseconds;
            return since + TimeSpan.FromMilliseconds(late < BehindMs ? BehindMs : (Math.Floor(late / LagStepMs) + 1) * LagStepMs);
        }

        return scribe.LateUntil is { } until && until > now && scribe.Lag(now).TotalMilliseconds >= BehindMs ? until : null;
    }
}
