using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Turns both speakers' voices into words, each on its own. A state machine for the call's one reader; it never waits. It outlives a
/// rebuilt pipeline, because the store does not hold the half of a sentence that was spoken so far.
/// </summary>
/// <param name="model">Judges voices that no client gated; null where level and pitch judge all.</param>
public sealed class CallTranscription(ICallTranscriber transcriber, SpeechModel? model = null)
{
    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(10);

    readonly SpeakerTranscription[] speakers = [new(Speaker.Rep, transcriber, model), new(Speaker.Customer, transcriber, model)];
    bool untranscribed;

    /// <summary>
    /// When <see cref="Elapse"/> has something to do next, or the lag changes, on the call's clock; null while nothing waits.
    /// </summary>
    public TimeSpan? Due { get; private set; }

    /// <summary>Tells the words to a pipeline from now on.</summary>
    /// <param name="terms">What helps to understand the call.</param>
    /// <param name="words">Called with words, interim and final.</param>
    /// <param name="pause">Called when a voice has been silent for a short time; null when nobody is interested.</param>
    /// <param name="hurry">
    /// Whether an answer may start on the words so far of who speaks on a channel: they are asked for more often. Null for nobody.
    /// </param>
    public void Attach(
        CallTerms terms, Action<HeardWords> words, Action<HeardPause>? pause = null, Func<Speaker, bool>? hurry = null) =>
        Array.ForEach(speakers, speaker => speaker.Attach(terms, words, pause, hurry ?? (_ => false)));

    /// <inheritdoc cref="ICallTranscriber.Verify"/>
    public void Verify() => transcriber.Verify();

    /// <summary>Notes words that an earlier owner of the call made of a voice: their sound may be sent again.</summary>
    public void Remember(TranscriptSegment segment)
    {
        if (Utterance.Made(segment.SegmentId))
        {
            speakers[(int)segment.Speaker].Remember(segment.EndMs);
        }
    }

    /// <summary>
    /// Whether voices become words, and how late. Voices that arrive where no transcriber is configured make it unavailable.
    /// </summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The facts of the status; the lag in milliseconds.</returns>
    public (TranscriptionState State, long LagMs) Facts(TimeSpan now)
    {
        var state = untranscribed ? TranscriptionState.Unavailable : transcriber.State;
        var lag = state == TranscriptionState.Ready ? speakers.Max(speaker => speaker.LagMs(now)) : 0;
        return (lag > 0 ? TranscriptionState.Behind : state, lag);
    }

    /// <summary>Reads a frame.</summary>
    /// <param name="now">The call's clock.</param>
    /// <param name="toldAgain">An earlier owner of the call was sent it.</param>
    public void Accept(AudioFrame frame, TimeSpan now, bool toldAgain = false)
    {
        if (transcriber.State == TranscriptionState.None)
        {
            untranscribed = true;
            TranscriptionTelemetry.DropFrame("notConfigured");
            return;
        }

        speakers[(int)frame.Speaker].Accept(frame, now, toldAgain);
        Due = NextDue(now);
    }

    /// <summary>Reads an answer of the transcriber.</summary>
    /// <param name="now">The call's clock.</param>
    public void Accept(SpeechTranscribed answer, TimeSpan now)
    {
        Array.ForEach(speakers, speaker => speaker.Accept(answer, now));
        Due = NextDue(now);
    }

    /// <summary>Does what time has brought due.</summary>
    /// <param name="now">The call's clock.</param>
    public void Elapse(TimeSpan now)
    {
        if (Due <= now)
        {
            Array.ForEach(speakers, speaker => speaker.Elapse(now));
            Due = NextDue(now);
        }
    }

    /// <summary>Cancels the requests under way and keeps the sound: its words are asked for again if the call goes on here.</summary>
    /// <param name="now">The call's clock.</param>
    public void Interrupt(TimeSpan now)
    {
        Array.ForEach(speakers, speaker => speaker.Interrupt());
        Due = NextDue(now);
    }

    /// <summary>Forgets everything and cancels the requests under way: off the record, or the call is over.</summary>
    public void Clear()
    {
        Array.ForEach(speakers, speaker => speaker.Clear());
        Due = null;
    }

    TimeSpan? NextDue(TimeSpan now)
    {
        var next = speakers.Min(speaker => speaker.Due(now));

        // What could not be done yet is tried again, and never in a busy loop.
        return next <= now ? now + Again : next;
    }
}
