using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// What happens to a call besides words: a reader comes and goes, the rep pauses, swaps the speakers, and reacts to a suggestion.
/// </summary>
/// <param name="call">The stages of the call.</param>
sealed class CallLifecycle(CallParts call, TurnJudge judge)
{
    bool closed;

    public CallEnding Ending { get; } = new(call);

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
            Ending.Refuse();
            return;
        }

        call.Answering.Turns.Restore(attached.Settled ?? []);
        call.Presence.Attach(attached);
        call.Transcription.Verify();
        Show(call.Presence.ConnectionId!);
    }

    /// <summary>Gives the reader of a rebuilt call its state, or ends it, where that it was ended was lost on the way here.</summary>
    public void GoOn()
    {
        if (call.Presence is not { Away: false, ConnectionId: { } reader })
        {
            return;
        }

        if (closed)
        {
            Ending.End(EndReason.Ended, SettleReason.CallEnded);
            return;
        }

        Show(reader);
    }

    /// <summary>The state of the call as its rep has it.</summary>
    public Restored SnapshotWith(CallStatus status) =>
        call.Conversation.Snapshot(call.Answering.Open, status, call.Now) with { Rehearsal = call.Buyer?.View };

    /// <summary>Gives a reader the state of the call, and answers what waits.</summary>
    public void Show(string connectionId)
    {
        call.Buyer?.Meet(call.Stages.Personas(), call.Stages.Matching.Playbook.Cards);
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
            call.Output.Emit(SnapshotWith(status), connectionId, call.Presence.Since);
        }
    }

    public void Pause(PauseSet set)
    {
        if (set.Paused)
        {
            // What it said until now is on the record still.
            call.Buyer?.Stop("paused");
        }

        var before = call.Conversation.Paused;
        call.Conversation.Apply(set);
        if (call.Conversation.Paused && !before)
        {
            call.Answering.Abandon(WithdrawReason.Paused, TurnOutcome.Abstained, SettleReason.Paused);
            call.Transcription.Clear();
            call.Turns.Clear();
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
            case AbsenceStep.Abandon: Ending.End(EndReason.Abandoned, SettleReason.ClientAway); break;
        }
    }

    /// <summary>Takes back what is open and closes its streams: the pipeline is given up.</summary>
    public void Interrupt()
    {
        call.Transcription.Interrupt(call.Now);
        call.Answering.Withdraw(WithdrawReason.WorkerLost);
        call.Buyer?.Stop("workerLost");
    }

    /// <summary>Does what may follow from any input: a summary is made, the status is told.</summary>
    public void FollowUp()
    {
        if (!Ending.Over && !call.Presence.Away)
        {
            call.Summary.Consider(call.Answering.Turns.Waiting.Count > 0);
            call.Status.Report(call.Answering.Progress, call.Conversation.Paused, call.Now);
        }
    }

    void Restore(CallInput entry)
    {
        if (entry is SegmentHeard { Segment: var segment })
        {
            var spokenAt = TimeSpan.FromMilliseconds(segment.EndMs);
            call.Turns.Add(segment, call.Conversation.Add(segment, spokenAt), spokenAt, spokenAt);
            call.Status.Heard(call.Conversation.SpeakerOn(segment.Speaker), spokenAt);
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
