using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// What happens to a call besides words: a reader comes and goes, the rep pauses, swaps the speakers, reacts to a suggestion, and the call
/// ends.
/// </summary>
/// <param name="call">The stages of the call.</param>
sealed class CallLifecycle(CallParts call, TurnJudge judge)
{
    bool closed;

    /// <summary>The call is over; nothing more comes out.</summary>
    public bool Over { get; private set; }

    /// <summary>The summary that a model shall still write of a call that is over; null for none.</summary>
    public WantedSummary? Wanted { get; private set; }

    /// <summary>Replays what was kept of the call.</summary>
    public void Restore(IEnumerable<CallInput> entries)
    {
        foreach (var entry in entries)
        {
            Restore(entry);
        }

        if (call.Conversation.Paused)
        {
            call.Transcription.Clear();
        }
    }

    public void Attach(ClientAttached attached)
    {
        if (closed)
        {
            call.Output.Emit(new CallEnded(EndReason.Ended));
            Over = true;
            return;
        }

        call.Answering.Turns.Restore(attached.Settled ?? []);
        call.Presence.Attach(attached);
        call.Transcription.Verify();
        Show(call.Presence.ConnectionId!);
    }

    /// <summary>Gives the reader of a call that was rebuilt its state.</summary>
    public void GoOn()
    {
        if (call.Presence is { Away: false, ConnectionId: { } reader })
        {
            Show(reader);
        }
    }

    /// <summary>The state of the call as its rep has it.</summary>
    public Restored SnapshotWith(CallStatus status) =>
        call.Conversation.Snapshot(call.Answering.Open, status, call.Now) with { Rehearsal = call.Buyer?.View };

    /// <summary>Gives a reader the state of the call, and answers what waits.</summary>
    public void Show(string connectionId)
    {
        call.Buyer?.Meet(call.Stages.Personas());
        SendSnapshot(connectionId);
        call.Answering.Resume(call.Now - UnansweredTurn.AnswerableFor);
        judge.JudgeLast(call.Now - UnansweredTurn.AnswerableFor);
        call.Buyer?.TakeUp();
    }

    public void SendSnapshot(string? connectionId)
    {
        if (connectionId is not null && connectionId == call.Presence.ConnectionId)
        {
            var status = call.Status.Tell(call.Answering.Progress, call.Conversation.Paused, call.Now);
            call.Output.Emit(SnapshotWith(status), connectionId);
        }
    }

    public void Pause(PauseSet set)
    {
        var before = call.Conversation.Paused;
        call.Conversation.Apply(set);
        if (call.Conversation.Paused && !before)
        {
            call.Answering.Abandon(WithdrawReason.Paused, TurnOutcome.Abstained, SettleReason.Paused);
            call.Transcription.Clear();
            call.Turns.Clear();
            call.Buyer?.Stop("paused");
        }
    }

    public void Swap(SpeakersSwapped swapped)
    {
        var before = call.Conversation.Swapped;
        call.Conversation.Apply(swapped);
        if (call.Conversation.Swapped != before)
        {
            call.Answering.Abandon(WithdrawReason.SpeakersSwapped, TurnOutcome.Abstained, SettleReason.SpeakersSwapped);
            SendSnapshot(call.Presence.ConnectionId);
            judge.JudgeLast(call.Now - UnansweredTurn.AnswerableFor);
        }
    }

    public void React(FeedbackGiven given)
    {
        var feedback = given.Feedback;
        call.Conversation.Apply(given);
        var about = call.Conversation.Suggestions.FirstOrDefault(suggestion => suggestion.SuggestionId == feedback.SuggestionId);
        WorkerTelemetry.React(feedback.Kind, about?.CardId ?? call.Answering.Open?.CardId);
        if (feedback.Kind == FeedbackKind.Dismissed && feedback.SuggestionId == call.Answering.Open?.SuggestionId)
        {
            call.Answering.Abandon(WithdrawReason.Dismissed, TurnOutcome.Abstained, SettleReason.Dismissed);
        }
    }

    /// <summary>Does what the absence of a reader has brought due.</summary>
    public void Elapse()
    {
        switch (call.Presence.Elapse(call.Now))
        {
            case AbsenceStep.EndStream:
                call.Answering.Withdraw(WithdrawReason.ClientAway);
                call.Buyer?.Stop("clientAway");
                break;
            case AbsenceStep.Abandon: End(EndReason.Abandoned, SettleReason.ClientAway); break;
        }
    }

    /// <summary>The buyer of a rehearsal ends it; like a call that its rep has ended, it cannot be taken up again.</summary>
    public void HangUp()
    {
        call.Output.Keep(new CallClosed());
        End(EndReason.Ended, SettleReason.CallEnded);
    }

    /// <summary>Ends the call and sums it up.</summary>
    public void End(EndReason reason, SettleReason settleReason)
    {
        Close(reason, settleReason);
        if (call.Conversation.Lines is { Count: > 0 } lines)
        {
            var meanwhile = CueSummary.Of(lines);
            Wanted = call.Model.State == ModelState.Ready ? new(SummaryPrompt.Of(call.Conversation.Summary?.Text, lines), meanwhile) : null;
            call.Output.Keep(new CallSummed(meanwhile, Pending: Wanted is not null));
        }
    }

    /// <summary>Ends the call without a summary: nothing of it is kept.</summary>
    public void Erase(EndReason reason) => Close(reason, SettleReason.CallEnded);

    void Close(EndReason reason, SettleReason settleReason)
    {
        call.Transcription.Clear();
        call.Buyer?.Stop("callEnded");
        call.Answering.Abandon(WithdrawReason.CallEnded, TurnOutcome.Expired, settleReason);
        call.Output.Emit(new CallEnded(reason));
        Over = true;
    }

    void Restore(CallInput entry)
    {
        if (entry is SegmentHeard { Segment: var segment })
        {
            var spokenAt = TimeSpan.FromMilliseconds(segment.EndMs);
            call.Turns.Add(segment, call.Conversation.Add(segment, spokenAt), spokenAt, spokenAt);
            call.Transcription.Remember(segment);
            return;
        }

        closed |= entry is CallClosed;
        call.Buyer?.Restore(entry);
        call.Conversation.Apply(entry);
        if (entry is SuggestionFinished finished)
        {
            call.Answering.Turns.Restore(finished.TurnIds);
        }
    }
}
