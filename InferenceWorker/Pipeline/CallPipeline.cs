using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.SaidDetection;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// The way of a call on one page: voices become words, words become turns, a turn is judged, matched to a card, and answered.
/// A state machine for one reader. It never waits: whatever takes time is started elsewhere and comes back as an input.
/// </summary>
public sealed class CallPipeline
{
    readonly CallParts call;
    readonly CallTranscript transcript;
    readonly TurnJudge judge;
    readonly CallLifecycle lifecycle;
    readonly CallVoices voices;

    /// <summary>Creates the pipeline and replays all that was kept of the call.</summary>
    /// <param name="matching">Compares texts beside the call's loop; what that comes to is handled here as an input.</param>
    /// <param name="transcription">Turns voices into words; outlives a rebuilt pipeline.</param>
    /// <param name="presence">Who reads; outlives a rebuilt pipeline.</param>
    /// <param name="speech">Says the turns of a rehearsal's buyer aloud; null where nothing does.</param>
    public CallPipeline(
        StoredCall stored, CallStages stages, CallClock clock, ICallOutput output, ICallModel model,
        CallMatching matching, CallTranscription transcription, Presence presence, ICallSpeech? speech = null)
    {
        call = new CallParts(stored.Record, stages, clock, output, model, matching, words => voices!.Speak(words), speech)
        {
            Transcription = transcription,
            Status = new StatusFacts(output, transcription) { Rehearses = stored.Record.Rehearsal is not null },
            Presence = presence,
        };
        transcript = new CallTranscript(call);
        judge = new TurnJudge(call);
        lifecycle = new CallLifecycle(call, judge);
        voices = new CallVoices(call, judge, Add);
        lifecycle.Restore(stored.Entries);
    }

    /// <summary>The call is off the record, as far as is known here.</summary>
    public bool Paused => call.Conversation.Paused;

    public bool Over => lifecycle.Ending.Over;

    /// <summary>The summary that a model shall still write of a call that is over; null for none.</summary>
    public WantedSummary? Wanted => lifecycle.Ending.Wanted;

    /// <summary>What became of all that was suggested.</summary>
    public CallTally Tally => call.Conversation.Tally;

    /// <summary>When a <see cref="DeadlinePassed"/> is wanted next, on the call's clock; null for never.</summary>
    public TimeSpan? Due => CallClock.Earliest(call.Due, judge.Due);

    /// <summary>Takes up a call that was being read when it had to be rebuilt: its reader gets the state as it is now.</summary>
    public void GoOn() => lifecycle.GoOn();

    /// <summary>Takes back what is open and closes its streams: this pipeline is given up.</summary>
    public void Interrupt() => lifecycle.Interrupt();

    /// <summary>The state of the call as its rep has it, for somebody who watches.</summary>
    public Restored Snapshot() => lifecycle.SnapshotWith(call.Status.Of(call.Answering.Progress, call.Conversation.Paused, call.Now));

    /// <summary>Handles whatever happens to the call, here in the order in which it does.</summary>
    public void Handle(CallInput input)
    {
        switch (input)
        {
            case ClientAttached attached: lifecycle.Attach(attached); break;
            case AudioHeard audio: voices.Transcribe(audio); break;
            case SpeechTranscribed words: call.Transcription.Accept(words, call.Now); break;
            case SegmentHeard heard: Add(heard, firmChars: 0, call.Now); break;
            case SuggestNowAsked: judge.AnswerNow(Tracing.Place); break;
            case CardMatched match: judge.Handle(match); break;
            case SayingsFound found: call.Said.Handle(found); break;
            case AdmissionMoved moved: call.Answering.Handle(moved); break;
            case WordsWritten words: call.Answering.Handle(words); break;
            case WritingEnded ended: call.Answering.Handle(ended); break;
            case BuyerWords words: call.Buyer?.Handle(words); break;
            case BuyerEnded ended: call.Buyer?.Handle(ended); break;
            case SpeechPlayed played: call.Buyer?.Handle(played); break;
            case TurnSpoken spoken: call.Buyer?.Handle(spoken); break;
            case FeedbackGiven given: lifecycle.React(given); break;
            case SummaryEnded ended: call.Summary.Complete(ended); break;
            case LineSent line: call.Output.Emit(new Nudged(line.NudgeId, line.From, line.Text)); break;
            case PauseSet set: lifecycle.Pause(set); break;
            case SpeakersSwapped swapped: lifecycle.Swap(swapped); break;
            case StorageChanged changed: call.Status.Storage = changed.State; break;
            case SnapshotAsked asked: lifecycle.SendSnapshot(asked.ConnectionId); break;
            case DeadlinePassed: Elapse(); break;
            case ClientDetached detached: call.Presence.Detach(detached, call.Now); break;
            case CallClosed: lifecycle.Ending.End(EndReason.Ended, SettleReason.CallEnded); break;
            case CallErased erased: lifecycle.Ending.Erase(erased.Reason); break;
            default: call.Conversation.Apply(input); break;
        }

        if (!Over && call.Buyer is { HasHungUp: true })
        {
            voices.CompleteRepsWords();
            lifecycle.Ending.HangUp();
        }

        lifecycle.FollowUp();
    }

    void Add(SegmentHeard heard, int firmChars, TimeSpan spokenAt)
    {
        if (transcript.Add(heard, firmChars) is not { } novelty)
        {
            return;
        }

        var segment = heard.Segment;
        if (segment.Final && call.Turns.Add(segment, novelty, spokenAt, call.Now) is { } turn)
        {
            Judge(turn, segment.Speaker);
        }
        else if (call.Conversation.SpeakerOn(segment.Speaker) == Speaker.Customer && !segment.EndsTurn())
        {
            judge.Anticipate(call.Turns.Extend(segment, call.Now));
        }

        call.Buyer?.Hear(segment);
    }

    void Elapse()
    {
        call.Transcription.Elapse(call.Now);
        foreach (var (channel, turn) in call.Turns.Elapse(call.Now))
        {
            Judge(turn, channel);
            if (channel == Speaker.Rep)
            {
                call.Buyer?.Answer();
            }
        }

        judge.Elapse();
        call.Buyer?.Elapse();
        call.Answering.Elapse();
        lifecycle.Elapse();
    }

    void Judge(SpokenTurn turn, Speaker channel)
    {
        if (call.Conversation.SpeakerOn(channel) == Speaker.Customer)
        {
            judge.Judge(turn, channel, voices.TakeTrace());
        }
    }
}
