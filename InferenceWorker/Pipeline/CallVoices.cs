using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// The voices of a call: their sound goes to the transcription, their words come back as segments. A rehearsal's buyer has words alone.
/// </summary>
sealed class CallVoices
{
    readonly CallParts call;
    readonly TurnJudge judge;
    readonly Action<SegmentHeard, int, TimeSpan> add;
    ActivityContext endOfSpeech;

    /// <param name="call">The stages of the call.</param>
    /// <param name="judge">Looks ahead where a voice pauses.</param>
    /// <param name="add">Takes a segment, how many of its characters will hardly change, and when its last word was heard.</param>
    public CallVoices(CallParts call, TurnJudge judge, Action<SegmentHeard, int, TimeSpan> add)
    {
        (this.call, this.judge, this.add) = (call, judge, add);
        call.Transcription.Attach(
            new CallTerms(call.Conversation.Language, () => call.Conversation.Brief), AddTranscribed, Pause, AnswersStartOn);
    }

    public void Transcribe(AudioHeard audio)
    {
        if (call.Conversation.Paused)
        {
            TranscriptionTelemetry.DropFrame("offTheRecord");
            return;
        }

        if (audio.Trace != default && call.Conversation.SpeakerOn(audio.Frame.Speaker) == Speaker.Customer)
        {
            endOfSpeech = audio.Trace;
        }

        call.Transcription.Accept(audio.Frame, call.Now, audio.ToldAgain);
    }

    /// <summary>
    /// The trace of the words that are handled: that in which they were sent, or that of the end of the speech they were heard in.
    /// </summary>
    public ActivityContext TakeTrace()
    {
        var trace = Tracing.Place == default ? endOfSpeech : Tracing.Place;
        endOfSpeech = default;
        return trace;
    }

    /// <summary>The words of a rehearsal's buyer are the customer's; none at the end where nothing of them was heard.</summary>
    public void Speak(TranscriptSegment words)
    {
        if (words.Text.Length > 0)
        {
            Add(words, words.Text.Length, call.Now);
            return;
        }

        call.Conversation.Apply(new SegmentRemoved(words.Speaker, words.SegmentId));
        call.Output.Emit(new TranscriptUpdated(
            words.SegmentId, Speaker.Customer, "", Final: true, EndOfTurn: true, words.StartMs, words.EndMs));
    }

    /// <summary>The buyer of a rehearsal has hung up: what the rep was saying stands as far as it was heard.</summary>
    public void CompleteRepsWords()
    {
        if (call.Conversation.LatestOf(Speaker.Rep) is { Segment: { Final: false, Text: var text } last, Said: var said })
        {
            Add(last with { Text = said ?? text, Final = true, EndOfTurn = true }, text.Length, call.Now);
        }
    }

    void AddTranscribed(HeardWords words)
    {
        if (words.Segment.Final)
        {
            TranscriptionTelemetry.Final(call.Now - words.EndedAt);
        }

        Add(words.Segment.ClampedTo(call.Now), words.FirmChars, words.EndedAt);
    }

    void Add(TranscriptSegment segment, int firmChars, TimeSpan spokenAt)
    {
        var heard = call.Stages.Redactor.Redact(segment, call.Team);
        if (segment.Final && !call.Conversation.Paused)
        {
            call.Output.Keep(heard.Kept());
        }

        add(heard, firmChars, spokenAt);
    }

    // A customer is answered, and a buyer answers.
    bool AnswersStartOn(Speaker channel) => call.Buyer is not null || call.Conversation.SpeakerOn(channel) == Speaker.Customer;

    // The turn may be over, long before that is confirmed.
    void Pause(HeardPause pause)
    {
        var words = call.Stages.Redactor.Redact(pause.Words.Segment, call.Team).Segment;
        if (!call.Conversation.Paused && words.Text.Length > 0 && call.Conversation.SpeakerOn(words.Speaker) == Speaker.Customer)
        {
            judge.Anticipate(call.Turns.Pause(words, pause.Complete, call.Now));
        }
    }
}
