using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.SaidDetection;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// The whole way of a call on one page: voices become words, words are heard, make a turn, the turn is judged, matched to a card, and answered.
/// A state machine for one reader. It never waits: whatever takes time is started elsewhere and comes back as an input.
/// </summary>
public sealed class CallPipeline
{
    /// <summary>Words the rep said this long ago can still come back as an echo.</summary>
    public static readonly TimeSpan EchoWithin = TimeSpan.FromSeconds(10);

    readonly CallStages stages;
    readonly CallClock clock;
    readonly ICallOutput output;
    readonly Conversation conversation;
    readonly TurnAnswering answering;
    readonly SummaryKeeper summary;
    readonly SaidWatch said;
    readonly ICallModel model;
    readonly CallTranscription ears;
    readonly StatusFacts facts;
    readonly TurnDetector turns = new();
    readonly Presence presence;
    ActivityContext endOfSpeech;
    bool closed;

    /// <summary>Creates the pipeline and lets it hear again all that was kept of the call.</summary>
    /// <param name="call">The call as the store has it.</param>
    /// <param name="stages">What all calls share.</param>
    /// <param name="clock">The call's clock.</param>
    /// <param name="output">Where events and entries go.</param>
    /// <param name="model">Writes the answers.</param>
    /// <param name="ears">Turn voices into words; they outlive a rebuilt pipeline.</param>
    /// <param name="presence">Who reads; outlives a rebuilt pipeline.</param>
    public CallPipeline(StoredCall call, CallStages stages, CallClock clock, ICallOutput output, ICallModel model, CallTranscription ears, Presence presence)
    {
        (this.stages, this.clock, this.output, this.model, this.ears, this.presence) = (stages, clock, output, model, ears, presence);
        conversation = new Conversation(call.Record.Brief, call.Record.Language);
        answering = new TurnAnswering(conversation, stages, clock, output, model);
        summary = new SummaryKeeper(conversation, stages.Summary, clock, output, model);
        said = new SaidWatch(conversation, clock, output);
        ears.Attach(new CallTerms(conversation.Language, () => conversation.Brief), Hear);
        facts = new StatusFacts(output, ears);
        foreach (var entry in call.Entries)
        {
            Remember(entry);
        }

        if (conversation.Paused)
        {
            ears.Clear();
        }
    }

    /// <summary>The call is over; nothing more comes out.</summary>
    public bool Over { get; private set; }

    /// <summary>The summary that a model shall still write of a call that is over; null for none.</summary>
    public WantedSummary? Wanted { get; private set; }

    /// <summary>What became of all that was suggested.</summary>
    public CallTally Tally => conversation.Tally;

    /// <summary>When a <see cref="DeadlinePassed"/> is wanted next, on the call's clock; null for never.</summary>
    public TimeSpan? Due => new[] { presence.Due, ears.Due, turns.Due, answering.Due }.Min();

    /// <summary>Takes up a call that was being read when it had to be rebuilt: its reader gets the state as it is now.</summary>
    public void GoOn()
    {
        if (presence is { Away: false, ConnectionId: { } reader })
        {
            Show(reader);
        }
    }

    /// <summary>Takes back what is open and closes its streams: this pipeline is given up.</summary>
    public void Interrupt()
    {
        ears.Interrupt(clock.Now);
        answering.Withdraw(WithdrawReason.WorkerLost);
    }

    /// <summary>Takes whatever happens to the call.</summary>
    /// <param name="input">What happened.</param>
    public void Handle(CallInput input)
    {
        switch (input)
        {
            case SegmentHeard { Segment: var segment }: Hear(segment, firmChars: 0, clock.Now); break;
            case AudioHeard heard: Hear(heard); break;
            case SpeechTranscribed words: ears.Accept(words, clock.Now); break;
            case SuggestNowAsked: SuggestNow(); break;
            case AdmissionMoved moved: answering.Take(moved); break;
            case WordsWritten words: answering.Take(words); break;
            case WritingEnded ended: answering.Take(ended); break;
            case SummaryEnded ended: summary.Complete(ended); break;
            case FeedbackGiven given: TakeFeedback(given); break;
            case PauseSet set: Pause(set); break;
            case SpeakersSwapped swapped: Swap(swapped); break;
            case ClientAttached attached: Attach(attached); break;
            case ClientDetached detached: presence.Detach(detached, clock.Now); break;
            case SnapshotAsked asked: SendSnapshot(asked.ConnectionId); break;
            case LineSent line: output.Emit(new Nudged(line.NudgeId, line.From, line.Text)); break;
            case StorageChanged changed: facts.Storage = changed.State; break;
            case DeadlinePassed: Elapse(); break;
            case CallClosed: End(EndReason.Ended, SettleReason.CallEnded); break;
            default: conversation.Apply(input); break;
        }

        if (!Over && !presence.Away)
        {
            summary.Consider(answering.Waiting);
            facts.Report(answering.Progress, conversation.Paused, clock.Now);
        }
    }

    /// <summary>The state of the call as its rep has it, for somebody who watches.</summary>
    /// <returns>The state.</returns>
    public Restored Look() => conversation.Snapshot(answering.Open, facts.Of(answering.Progress, conversation.Paused, clock.Now), clock.Now);

    void Hear(AudioHeard heard)
    {
        if (conversation.Paused)
        {
            TranscriptionTelemetry.DropFrame("offTheRecord");
            return;
        }

        if (heard.Trace != default && conversation.SpeakerOn(heard.Frame.Speaker) == Speaker.Customer)
        {
            endOfSpeech = heard.Trace;
        }

        ears.Accept(heard.Frame, clock.Now, heard.ToldAgain);
    }

    void Hear(HeardWords words)
    {
        var segment = words.Segment.ClampedTo(clock.Now);
        if (segment.Final)
        {
            TranscriptionTelemetry.Final(clock.Now - words.EndedAt);
            output.Keep(new SegmentHeard(segment));
        }

        Hear(segment, words.FirmChars, words.EndedAt);
    }

    void Hear(TranscriptSegment segment, int firmChars, TimeSpan spokenAt)
    {
        if (conversation.Paused)
        {
            WorkerTelemetry.DropInput("offTheRecord");
            return;
        }

        var novelty = conversation.Add(segment, clock.Now);
        if (novelty == SegmentNovelty.Known)
        {
            return;
        }

        var speaker = conversation.SpeakerOn(segment.Speaker);
        facts.Heard(speaker, clock.Now);
        output.Emit(new TranscriptUpdated(
            segment.SegmentId, speaker, segment.Text, segment.Final, segment.EndsTurn(), segment.StartMs, segment.EndMs, firmChars));
        if (segment.Final && speaker == Speaker.Rep)
        {
            said.Check();
        }

        if (segment.Final && turns.Hear(segment, novelty, spokenAt, clock.Now) is { } turn && speaker == Speaker.Customer)
        {
            Judge(turn);
        }
    }

    void Judge(SpokenTurn turn)
    {
        var repWords = conversation.WordsOf(Speaker.Rep, since: turn.EndedAt - EchoWithin);
        if (DeservesAnswer.Refusal(turn.Text, repWords) is { } refusal)
        {
            answering.Refuse(turn, refusal);
            return;
        }

        var edition = stages.Playbook();
        answering.Ask(turn, edition.Match(turn.Text), edition.Version, TakeTrace());
        AnswerIfRead();
    }

    /// <summary>Words that were sent are handled in their trace; those of a voice belong to that of the end of its speech.</summary>
    ActivityContext TakeTrace()
    {
        var trace = Tracing.Place == default ? endOfSpeech : Tracing.Place;
        endOfSpeech = default;
        return trace;
    }

    void SuggestNow()
    {
        var lastWords = turns.LastOn(conversation.SpeakerOn(Speaker.Customer))?.Text ?? "";
        var turn = new SpokenTurn($"now-{Guid.CreateVersion7():N}", lastWords, clock.Now, clock.Now);
        var edition = stages.Playbook();
        answering.Ask(turn, edition.Nearest(turn.Text), edition.Version, Tracing.Place, repAsks: true);
        AnswerIfRead();
    }

    void AnswerIfRead()
    {
        if (!presence.Away)
        {
            answering.Answer();
        }
    }

    void TakeFeedback(FeedbackGiven given)
    {
        conversation.Apply(given);
        var about = conversation.Suggestions.FirstOrDefault(suggestion => suggestion.SuggestionId == given.Feedback.SuggestionId);
        WorkerTelemetry.React(given.Feedback.Kind, about?.CardId ?? answering.Open?.CardId);
        if (given.Feedback.Kind == FeedbackKind.Dismissed
            && given.Feedback.SuggestionId == answering.Open?.SuggestionId)
        {
            answering.Abandon(WithdrawReason.Dismissed, TurnOutcome.Abstained, SettleReason.Dismissed);
        }
    }

    void Pause(PauseSet set)
    {
        var before = conversation.Paused;
        conversation.Apply(set);
        if (conversation.Paused && !before)
        {
            answering.Abandon(WithdrawReason.Paused, TurnOutcome.Abstained, SettleReason.Paused);
            ears.Clear();
            turns.Clear();
        }
    }

    void Swap(SpeakersSwapped swapped)
    {
        var before = conversation.Swapped;
        conversation.Apply(swapped);
        if (conversation.Swapped == before)
        {
            return;
        }

        answering.Abandon(WithdrawReason.SpeakersSwapped, TurnOutcome.Abstained, SettleReason.SpeakersSwapped);
        SendSnapshot(presence.ConnectionId);
        AnswerLastTurn();
    }

    void Attach(ClientAttached attached)
    {
        if (closed)
        {
            output.Emit(new CallEnded(EndReason.Ended));
            Over = true;
            return;
        }

        answering.Remember(attached.Settled ?? []);
        presence.Attach(attached);
        Show(presence.ConnectionId!);
    }

    void Show(string connectionId)
    {
        SendSnapshot(connectionId);
        answering.Resume(clock.Now - UnansweredTurn.AnswerableFor);
        AnswerLastTurn();
    }

    void AnswerLastTurn()
    {
        if (turns.LastOn(conversation.SpeakerOn(Speaker.Customer)) is { } last
            && !answering.Knows(last.Id)
            && clock.Now - last.EndedAt <= UnansweredTurn.AnswerableFor)
        {
            Judge(last);
        }
    }

    void SendSnapshot(string? connectionId)
    {
        if (connectionId is not null && connectionId == presence.ConnectionId)
        {
            var status = facts.Tell(answering.Progress, conversation.Paused, clock.Now);
            output.Emit(conversation.Snapshot(answering.Open, status, clock.Now), connectionId);
        }
    }

    void Elapse()
    {
        ears.Elapse(clock.Now);
        foreach (var (channel, turn) in turns.Elapse(clock.Now))
        {
            if (conversation.SpeakerOn(channel) == Speaker.Customer)
            {
                Judge(turn);
            }
        }

        answering.Elapse();
        switch (presence.Elapse(clock.Now))
        {
            case AbsenceStep.EndStream: answering.Withdraw(WithdrawReason.ClientAway); break;
            case AbsenceStep.Abandon: End(EndReason.Abandoned, SettleReason.ClientAway); break;
        }
    }

    void End(EndReason reason, SettleReason settleReason)
    {
        ears.Clear();
        answering.Abandon(WithdrawReason.CallEnded, TurnOutcome.Expired, settleReason);
        output.Emit(new CallEnded(reason));
        Over = true;
        if (conversation.Lines is { Count: > 0 } lines)
        {
            var meanwhile = CueSummary.Of(lines);
            Wanted = model.State == ModelState.Ready ? new(SummaryPrompt.Of(conversation.Summary?.Text, lines), meanwhile) : null;
            output.Keep(new CallSummed(meanwhile, Pending: Wanted is not null));
        }
    }

    void Remember(CallInput entry)
    {
        if (entry is SegmentHeard { Segment: var segment })
        {
            var spokenAt = TimeSpan.FromMilliseconds(segment.EndMs);
            turns.Hear(segment, conversation.Add(segment, spokenAt), spokenAt, spokenAt);
            ears.Remember(segment);
            return;
        }

        closed |= entry is CallClosed;
        conversation.Apply(entry);
        if (entry is SuggestionFinished finished)
        {
            answering.Remember(finished.TurnIds);
        }
    }
}
