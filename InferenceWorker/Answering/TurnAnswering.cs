using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// From a turn that deserves an answer to the answer on the screen, and to each turn's one outcome. The model writes it where there is one
/// that answers; else the playbook does, at once. An answer may start ahead of the turn's end; it becomes firm when the turn is confirmed.
/// </summary>
public sealed class TurnAnswering
{
    readonly AnswerPrompt prompts;
    readonly AnswerDisplay display;
    readonly AnswerWriter writer;
    readonly Attempts attempts;
    readonly PlaybookAnswer playbook;
    readonly AnsweringServices services;
    readonly CallClock clock;
    readonly ICallModel model;
    bool lastFailed;

    public TurnAnswering(Conversation conversation, AnsweringServices services, CallClock clock, ICallOutput output, ICallModel model)
    {
        (this.services, this.clock, this.model) = (services, clock, model);
        prompts = new AnswerPrompt(conversation, services.Context, clock);
        display = new AnswerDisplay(conversation, output, clock);
        Cards = new CardDisplay(conversation, output, clock, services.Attention);
        Turns = new TurnLedger(output);
        writer = new AnswerWriter(model, services.Coalescing.FirstWordsWithin, clock);
        attempts = new Attempts(new EagerAnswer(model, services.Speculation, conversation.Language, clock), writer, display);
        playbook = new PlaybookAnswer(conversation, Turns, Cards, display);
    }

    public OpenSuggestionView? Open => display.Open;

    /// <summary>How the answering stands, for the status.</summary>
    public AnswerProgress Progress => new(
        lastFailed && model.State == ModelState.Ready ? ModelState.Unavailable : model.State,
        Busy: writer.Held, Thinking: writer.Thinking && !writer.Held);

    /// <summary>When <see cref="Elapse"/> has something to do; null for never.</summary>
    public TimeSpan? Due => CallClock.Earliest(writer.Due, Cards.Due);

    /// <summary>The turns that wait, and those that have their outcome.</summary>
    public TurnLedger Turns { get; }

    public CardDisplay Cards { get; }

    bool Waiting => Turns.Waiting.Count > 0;

    /// <summary>Settles a turn that gets no answer.</summary>
    public void Refuse(SpokenTurn turn, SettleReason refusal)
    {
        attempts.Reset("refused");
        Turns.Settle(turn.Id, TurnOutcome.Abstained, refusal);
    }

    /// <summary>Considers a turn that has not ended: starts, keeps, shows or discards an answer ahead of its end.</summary>
    public void Anticipate(PartialTurn partial, UnansweredTurn turn)
    {
        UnansweredTurn[] all = [.. Turns.Waiting, turn];
        attempts.Anticipate(partial, all, Coalesce() != CoalescingStep.Wait ? () => prompts.For(all, Cards) : null);
    }

    /// <summary>
    /// A reader is back: expires the turns that ended before a moment of the call's clock, and answers the rest, unless that is under way.
    /// </summary>
    public void Resume(TimeSpan endedBefore)
    {
        if (!writer.Asking)
        {
            writer.Resume();
            Turns.Settle(Turns.Waiting.Where(waiting => waiting.Turn.EndedAt < endedBefore), TurnOutcome.Expired, SettleReason.Stale);
            Answer();
        }
    }

    /// <summary>An opening was held for what might follow it: nobody waited for the model meanwhile.</summary>
    public void EndHold() => writer.Resume();

    /// <summary>Answers every turn that waits: its card at once, then the model's words, or the playbook's without a model.</summary>
    public void Answer()
    {
        if (!Waiting)
        {
            return;
        }

        if (model.State != ModelState.Ready)
        {
            BudgetTelemetry.CountRefusal(model.State);
            Withdraw(WithdrawReason.NewerTurn);
            playbook.Answer(TurnOutcome.Abstained, SettleReason.NoCard);
            return;
        }

        Cards.Show(Turns.Waiting[^1]);
        var step = Coalesce();
        if (step == CoalescingStep.Wait)
        {
            WorkerTelemetry.Coalesce("waits");
            attempts.Discard("waits");
            return;
        }

        if (step == CoalescingStep.Replace)
        {
            WorkerTelemetry.Coalesce("replaces");
            display.WithdrawFirm(WithdrawReason.NewerTurn);
            writer.Cancel();
        }

        Begin();
    }

    /// <summary>The call's place in the line, or its attempt's, changed.</summary>
    public void Handle(AdmissionMoved moved)
    {
        attempts.Handle(moved);
        switch (writer.Move(moved.Ticket))
        {
            case AdmissionState.Granted when Waiting:
                Begin();
                break;
            case AdmissionState.Expired:
                writer.Stop();
                Turns.Settle(Turns.Waiting, TurnOutcome.Expired, SettleReason.Held);
                break;
        }
    }

    public void Handle(WordsWritten words)
    {
        if (Of(words.WritingId) is not { } answer)
        {
            WorkerTelemetry.DropInput("cancelledWords");
            return;
        }

        lastFailed = false;
        display.Add(answer, words);
        if (answer == writer.Answer)
        {
            display.Show(answer, tentative: false);
        }
        else
        {
            attempts.Show(answer);
        }
    }

    public void Handle(WritingEnded ended)
    {
        if (Of(ended.WritingId) is not { } answer)
        {
            return;
        }

        (answer.Whole, answer.Repeats) = (true, ended.Repeats);
        switch (answer == writer.Answer, ended.Failure)
        {
            case (true, null): Complete(answer); break;
            case (true, _): Fail(); break;
            case (false, not null): attempts.Discard("failed"); break;
        }
    }

    public void Elapse()
    {
        Cards.Elapse();
        if (writer.Due <= clock.Now)
        {
            writer.GiveUp();
            Fail();
        }
    }

    /// <summary>Takes back what is open and stops asking; its turns go on waiting.</summary>
    public void Withdraw(WithdrawReason reason)
    {
        writer.Stop();
        display.Withdraw(reason);
        attempts.Reset("withdrawn");
    }

    /// <summary>Takes back what is open, stops asking, and settles every turn without an outcome.</summary>
    public void Abandon(WithdrawReason reason, TurnOutcome outcome, SettleReason settleReason)
    {
        Withdraw(reason);
        Turns.SettleAll(outcome, settleReason);
    }

    CoalescingStep Coalesce() => Coalescing.Decide(
        writer.Answer is not null, writer.CancelsInARow, Waiting ? clock.Now - Turns.Waiting[0].Turn.EndedAt : default,
        services.Coalescing);

    void Begin()
    {
        UnansweredTurn[] all = [.. Turns.Waiting];
        if (attempts.Adopt(all) is { } adopted)
        {
            if (adopted.Whole)
            {
                Complete(adopted);
            }
        }
        else if (writer.Ask(clock.Now - all[0].Turn.EndedAt))
        {
            display.Trace.Begin(all, SuggestionSource.Model);
            using var scope = display.Trace.Enter();
            writer.Begin(all, prompts.For(all, Cards));
        }
    }

    void Complete(OpenAnswer answer)
    {
        display.Show(answer, tentative: false);
        var latency = writer.Latency();
        writer.Stop();
        if (display.Complete(answer, latency) is { } suggestionId)
        {
            services.Speculation.Show(TokenEstimate.Of(answer.Text));
            Turns.SettleAnswered(answer.Turns, answer.Turns[^1], SettleReason.ByModel, suggestionId);
        }
        else
        {
            Turns.Settle(answer.Turns, TurnOutcome.Abstained, answer.Repeats ? SettleReason.AlreadyShown : SettleReason.NothingToSay);
        }

        Answer();
    }

    OpenAnswer? Of(long writingId) => writer.Answer?.Id == writingId ? writer.Answer : attempts.Of(writingId);

    // The model wrote nothing, or stopped: the playbook answers everything that waits, so that a failing model costs its time once.
    void Fail()
    {
        lastFailed = true;
        writer.Stop();
        display.Withdraw(WithdrawReason.Failed);
        playbook.Answer(TurnOutcome.Failed, SettleReason.ModelFailed);
    }
}
