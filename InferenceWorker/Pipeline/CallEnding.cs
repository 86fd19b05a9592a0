using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Summaries;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>How a call ends.</summary>
/// <param name="call">The stages of the call.</param>
sealed class CallEnding(CallParts call)
{
    /// <summary>The call is over; nothing more comes out.</summary>
    public bool Over { get; private set; }

    /// <summary>The summary that a model shall still write of a call that is over; null for none.</summary>
    public WantedSummary? Wanted { get; private set; }

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

    /// <summary>The buyer of a rehearsal ends it; like a call that its rep has ended, it cannot be taken up again.</summary>
    public void HangUp()
    {
        call.Output.Keep(new CallClosed());
        End(EndReason.Ended, SettleReason.CallEnded);
    }

    /// <summary>Ends the call without a summary: nothing of it is kept.</summary>
    public void Erase(EndReason reason) => Close(reason, SettleReason.CallEnded);

    /// <summary>Tells a reader of a call that was ended before.</summary>
    public void Refuse()
    {
        call.Output.Emit(new CallEnded(EndReason.Ended));
        Over = true;
    }

    void Close(EndReason reason, SettleReason settleReason)
    {
        call.Transcription.Clear();
        call.Buyer?.Stop("callEnded");
        call.Answering.Abandon(WithdrawReason.CallEnded, TurnOutcome.Expired, settleReason);
        call.Output.Emit(new CallEnded(reason));
        Over = true;
    }
}
