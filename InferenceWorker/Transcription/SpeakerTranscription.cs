using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// One speaker's voice becomes words: utterances are found in its frames, their words are asked for, and told as they come.
/// </summary>
/// <param name="model">Judges voices that no client gated; null where level and pitch judge all.</param>
public sealed class SpeakerTranscription(Speaker channel, ICallTranscriber transcriber, SpeechModel? model)
{
    readonly UtteranceDetector detector = new(model);
    readonly SpeechRequests requests = new(transcriber);
    CallTerms terms = new(language: null, () => CallBrief.Empty);
    Action<HeardWords>? onWords;
    Action<HeardPause>? onPause;
    Func<Speaker, bool> hurries = _ => false;

    /// <summary>Tells the words to somebody else from now on.</summary>
    /// <param name="helpful">What helps to understand the voice.</param>
    /// <param name="words">Called with words, interim and final.</param>
    /// <param name="pause">Called when the voice has been silent for a short time; null when nobody is interested.</param>
    /// <param name="hurry">Whether an answer may start on the words so far of who speaks on a channel.</param>
    public void Attach(CallTerms helpful, Action<HeardWords> words, Action<HeardPause>? pause, Func<Speaker, bool> hurry) =>
        (terms, onWords, onPause, hurries) = (helpful, words, pause, hurry);

    /// <inheritdoc cref="FrameReader.Remember"/>
    public void Remember(long endMs) => detector.Remember(endMs);

    /// <summary>How far the words are behind the voice, in milliseconds; 0 below a second.</summary>
    /// <param name="now">The call's clock.</param>
    public long LagMs(TimeSpan now) => requests.Lag.Milliseconds(requests.WantedSince, now);

    /// <summary>
    /// When <see cref="Elapse"/> has something to do next, or the lag changes, on the call's clock; null while nothing waits.
    /// </summary>
    /// <param name="now">The call's clock.</param>
    public TimeSpan? Due(TimeSpan now)
    {
        var lag = requests.Lag.Due(requests.WantedSince, now);
        return detector.Current is { } speech ? CallClock.Earliest(lag, SilenceDue(speech), InterimDue(speech)) : lag;
    }

    /// <summary>Reads a frame; one that was read before is dropped and counted, as around a change of owner some are sent twice.</summary>
    /// <param name="now">The call's clock.</param>
    /// <param name="toldAgain">An earlier owner of the call was sent it.</param>
    public void Accept(AudioFrame frame, TimeSpan now, bool toldAgain)
    {
        if (detector.Accept(frame, now, toldAgain, terms.Language) is { } ended)
        {
            Finish(ended);
        }

        Elapse(now);
    }

    /// <summary>Reads an answer of the transcriber; one that belongs to another speaker is left alone.</summary>
    /// <param name="now">The call's clock.</param>
    public void Accept(SpeechTranscribed answer, TimeSpan now)
    {
        if (requests.Match(answer, now) is not { } match)
        {
            return;
        }

        var news = answer.Text is { } text && Update(match.Speech, text);
        if (match.Ended)
        {
            Settle(match.Speech);
        }

        // With its last words an utterance may be over: then they are told as final at once, not as an interim first.
        Elapse(now);
        if (news && !match.Speech.Settled)
        {
            onWords?.Invoke(Words(match.Speech, final: false));
        }

        TellPause(now);
    }

    /// <summary>Does what time has brought due.</summary>
    /// <param name="now">The call's clock.</param>
    public void Elapse(TimeSpan now)
    {
        if (detector.Current is { } speech)
        {
            Advance(speech, now);
        }

        requests.AskNext(terms, now);
        TellPause(now);
    }

    /// <summary>Cancels the request under way and keeps the sound: its words are asked for again if the call goes on here.</summary>
    public void Interrupt() => requests.Cancel();

    /// <summary>Forgets everything, and cancels the request under way.</summary>
    public void Clear()
    {
        detector.Clear();
        requests.Clear();
    }

    void Advance(Utterance speech, TimeSpan now)
    {
        var step = UtteranceSteps.Next(speech, detector.Silence(now), detector.EndAgreed, InterimDue(speech) <= now, terms.Language);
        switch (step)
        {
            case UtteranceStep.Discard:
                TranscriptionTelemetry.Filter("noise");
                detector.Discard();
                break;
            case UtteranceStep.Cut:
                Finish(detector.Cut());
                break;
            case UtteranceStep.AskInterim or UtteranceStep.AskFinal:
                requests.Ask(speech, final: step == UtteranceStep.AskFinal, terms, now);
                break;
            case UtteranceStep.Close:
                Finish(detector.Close(detector.Silence(now)));
                break;
        }
    }

    TimeSpan? SilenceDue(Utterance speech) =>
        speech.EndedAt + detector.Grace + UtteranceSteps.SilenceBeforeNext(speech, requests.Blocked(speech), terms.Language);

    TimeSpan? InterimDue(Utterance speech) =>
        speech is { Credible: true, Covered: false } && !detector.Silent ? requests.InterimDue(speech, hurries(channel)) : null;

    /// <summary>No more comes of an utterance: its words are final, or will be once they are known.</summary>
    void Finish(Utterance speech)
    {
        if ((speech.Covered ? speech : requests.Queue(speech)) is { } settled)
        {
            Settle(settled);
        }
    }

    void Settle(Utterance speech)
    {
        if (speech.Words.Text.Length > 0)
        {
            onWords?.Invoke(Words(speech, final: true));
        }

        speech.Settle();
    }

    /// <summary>Replaces the words of an utterance by what an engine made of it.</summary>
    /// <returns>Whether there is something new to tell.</returns>
    bool Update(Utterance speech, string text)
    {
        var said = Artefacts.Clean(text, terms.Prompt, speech.Pcm.Duration, terms.Language, out var reason);
        if (reason is not null)
        {
            TranscriptionTelemetry.Filter(reason);
        }

        return said.Length > 0 && speech.Words.Update(said);
    }

    void TellPause(TimeSpan now)
    {
        if (detector.Current is { Credible: true } speech
            && (detector.EndAgreed || detector.Silence(now) >= Endpointing.BeforeRequest)
            && speech.TryTellPause())
        {
            onPause?.Invoke(new HeardPause(Words(speech, final: false), speech.Covered));
        }
    }

    HeardWords Words(Utterance speech, bool final)
    {
        var text = speech.Words.Text;
        var endOfTurn = final && speech.SilenceAfter >= speech.PauseAfter(terms.Language);
        var segment = new TranscriptSegment(speech.SegmentId, channel, text, final, endOfTurn, speech.StartMs, speech.EndMs);
        return new HeardWords(segment, final ? text.Length : speech.Words.FirmChars, speech.EndedAt);
    }
}
