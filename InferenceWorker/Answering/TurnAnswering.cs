using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// From a turn that deserves an answer to the answer on the screen, and to each turn's one outcome. The model writes it where there is one that answers;
/// else the playbook does, at once. An answer may start ahead of the turn's end; it becomes firm when the turn is confirmed.
/// </summary>
/// <param name="conversation">What the call remembers.</param>
/// <param name="services">What the answering of all calls shares.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where events and entries go.</param>
/// <param name="model">The model.</param>
public sealed class TurnAnswering(Conversation conversation, AnsweringServices services, CallClock clock, ICallOutput output, ICallModel model)
{
    readonly SuggestionStream screen = new(conversation, output, clock);
    readonly CardDisplay cards = new(conversation, output, clock);
    readonly TurnLedger turns = new(output);
    readonly AnswerWriter writer = new(model, services.Coalescing.FirstWordsWithin, clock);
    readonly EagerAnswer eager = new(model, services.Speculation, conversation.Language, clock);
    readonly SuggestionTrace trace = new(clock);
    bool lastFailed;

    /// <summary>The open suggestion; null when none is open.</summary>
    public OpenSuggestionView? Open => screen.Open;

    /// <summary>How the answering stands, for the status.</summary>
    public AnswerProgress Progress => new(
        lastFailed && model.State == ModelState.Ready ? ModelState.Unavailable : model.State,
        Busy: writer.Held,
        Thinking: writer.Thinking && !writer.Held);

    /// <summary>When <see cref="Elapse"/> has something to do; null for never.</summary>
    public TimeSpan? Due => writer.Due;

    /// <summary>Turns wait for an answer.</summary>
    public bool Waiting => turns.Waiting.Count > 0;

    /// <summary>Whether a turn waits or has its outcome.</summary>
    /// <param name="turnId">The turn.</param>
    /// <returns>Whether it does.</returns>
    public bool Knows(string turnId) => turns.Knows(turnId);

    /// <summary>Notes turns that were settled before this worker had the call.</summary>
    /// <param name="turnIds">The turns.</param>
    public void Restore(IEnumerable<string> turnIds) => turns.Restore(turnIds);

    /// <summary>Settles a turn that gets no answer.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="refusal">Why it does not deserve one.</param>
    public void Refuse(SpokenTurn turn, SettleReason refusal)
    {
        DiscardAttempt("refused");
        turns.Settle(turn.Id, TurnOutcome.Abstained, refusal);
    }

    /// <summary>Considers a turn that has not ended: shows the card that its words decide, and starts, keeps, shows or discards an answer ahead of its end.</summary>
    /// <param name="partial">The turn so far.</param>
    /// <param name="turn">The same, matched to its card.</param>
    public void Anticipate(PartialTurn partial, UnansweredTurn turn)
    {
        var step = eager.Consider(partial, turn.Match?.Card.Id);
        if (step == EagerStep.Discard)
        {
            DiscardAttempt("resumed");
            step = eager.Consider(partial, turn.Match?.Card.Id);
        }

        if (step == EagerStep.Attempt && Coalesce() != CoalescingStep.Wait)
        {
            UnansweredTurn[] all = [.. turns.Waiting, turn];
            eager.Begin(all, () => Prompt(all));
        }

        if (EagerTurn.HasProbablyEnded(partial) && eager.Attempt is { } attempt)
        {
            attempt.MayShow = true;
            ShowTentative(attempt);
        }
    }

    /// <summary>Shows a turn's card ahead of its end.</summary>
    /// <param name="turn">The turn.</param>
    public void ShowCard(UnansweredTurn turn) => cards.Show(turn);

    /// <summary>Takes a turn that shall be answered.</summary>
    /// <param name="turn">The turn.</param>
    public void Ask(UnansweredTurn turn) => turns.Add(turn);

    /// <summary>A reader is back: expires the turns whose moment has passed, and answers the rest, unless that is under way already.</summary>
    /// <param name="endedBefore">Turns that ended before this moment of the call's clock have passed.</param>
    public void Resume(TimeSpan endedBefore)
    {
        if (!writer.Asking)
        {
            writer.Resume();
            turns.Settle(turns.Waiting.Where(waiting => waiting.Turn.EndedAt < endedBefore), TurnOutcome.Expired, SettleReason.Stale);
            Answer();
        }
    }

    /// <summary>An opening was held for what might follow it: nobody waited for the model meanwhile.</summary>
    public void EndHold() => writer.Resume();

    /// <summary>Answers every turn that waits: its card at once, then the model's words, or the playbook's where no model answers.</summary>
    public void Answer()
    {
        if (!Waiting)
        {
            return;
        }

        if (model.State != ModelState.Ready)
        {
            Withdraw(WithdrawReason.NewerTurn);
            AnswerFromPlaybook(TurnOutcome.Abstained, SettleReason.NoCard);
            return;
        }

        cards.Show(turns.Waiting[^1]);
        switch (Coalesce())
        {
            case CoalescingStep.Wait:
                WorkerTelemetry.Coalesce("waits");
                DiscardAttempt("waits");
                break;
            case CoalescingStep.Replace:
                WorkerTelemetry.Coalesce("replaces");
                WithdrawFirm();
                writer.Cancel();
                trace.End(WorkerTelemetry.Word(WithdrawReason.NewerTurn));
                Begin();
                break;
            case CoalescingStep.Start:
                Begin();
                break;
        }
    }

    /// <summary>The call's place in the line, or its attempt's, changed.</summary>
    /// <param name="moved">The change.</param>
    public void Handle(AdmissionMoved moved)
    {
        if (eager.Lost(moved.Ticket))
        {
            DiscardAttempt("yielded");
            return;
        }

        switch (writer.Move(moved.Ticket))
        {
            case AdmissionState.Granted when Waiting:
                Begin();
                break;
            case AdmissionState.Expired:
                writer.Stop();
                turns.Settle(turns.Waiting, TurnOutcome.Expired, SettleReason.Held);
                break;
        }
    }

    /// <summary>The model wrote some words.</summary>
    /// <param name="words">The words.</param>
    public void Handle(WordsWritten words)
    {
        if (Of(words.WritingId) is not { } answer)
        {
            WorkerTelemetry.DropInput("cancelledWords");
            return;
        }

        lastFailed = false;
        answer.UnsupportedFigures = words.UnsupportedFigures;
        answer.Model ??= words.Model;
        if (words.Replaces)
        {
            Replace(answer, words.Text);
        }
        else if (words.Text.Length > 0)
        {
            answer.Append(words.Text, clock.Now);
        }

        if (answer == writer.Answer)
        {
            Show(answer, tentative: false);
        }
        else
        {
            ShowTentative(answer);
        }
    }

    /// <summary>The model wrote its last word, or failed.</summary>
    /// <param name="ended">The end.</param>
    public void Handle(WritingEnded ended)
    {
        if (Of(ended.WritingId) is not { } answer)
        {
            return;
        }

        answer.Whole = true;
        if (answer != writer.Answer)
        {
            if (ended.Failure is not null)
            {
                DiscardAttempt("failed");
            }
        }
        else if (ended.Failure is not null)
        {
            Fail();
        }
        else
        {
            Complete(answer);
        }
    }

    /// <summary>Gives up an answer whose first words do not come.</summary>
    public void Elapse()
    {
        if (writer.Due <= clock.Now)
        {
            writer.GiveUp();
            Fail();
        }
    }

    /// <summary>Takes back what is open and stops asking; its turns go on waiting.</summary>
    /// <param name="reason">Why.</param>
    public void Withdraw(WithdrawReason reason)
    {
        eager.Forget();
        writer.Stop();
        screen.Withdraw(reason);
        trace.End(WorkerTelemetry.Word(reason));
    }

    /// <summary>Takes back what is open, stops asking, and settles every turn that waits.</summary>
    /// <param name="reason">Why the suggestion goes.</param>
    /// <param name="outcome">What becomes of the turns.</param>
    /// <param name="settleReason">Why.</param>
    public void Abandon(WithdrawReason reason, TurnOutcome outcome, SettleReason settleReason)
    {
        Withdraw(reason);
        turns.Settle(turns.Waiting, outcome, settleReason);
    }

    CoalescingStep Coalesce() => Coalescing.Decide(
        writer.Answer is not null,
        writer.CancelsInARow,
        Waiting ? clock.Now - turns.Waiting[0].Turn.EndedAt : TimeSpan.Zero,
        services.Coalescing);

    void Begin()
    {
        UnansweredTurn[] all = [.. turns.Waiting];
        if (AdoptAttempt(all))
        {
            return;
        }

        if (writer.Ask(clock.Now - all[0].Turn.EndedAt))
        {
            trace.Begin(all, SuggestionSource.Model);
            using var scope = trace.Enter();
            writer.Begin(all, Prompt(all));
        }
    }

    bool AdoptAttempt(UnansweredTurn[] all)
    {
        var shown = screen.Open is { Tentative: true };
        if (eager.Adopt(all) is not var (answer, place))
        {
            if (shown)
            {
                screen.Withdraw(WithdrawReason.Resumed);
            }

            return false;
        }

        writer.Adopt(answer, place);
        trace.Begin(all, SuggestionSource.Model);
        screen.Confirm(IdsOf(all));
        if (answer.FirstWordsAt is not null)
        {
            Show(answer, tentative: false);
        }

        if (answer.Whole)
        {
            Complete(answer);
        }

        return true;
    }

    void Replace(OpenAnswer answer, string words)
    {
        answer.Replace(words);
        if (answer.ShownAt is not null && screen.Replace(words))
        {
            answer.TakeUnshown();
        }
    }

    // Not beside an answer that is firm, or about to be.
    void ShowTentative(OpenAnswer attempt)
    {
        if (attempt is { MayShow: true, FirstWordsAt: not null } && writer.Answer is null)
        {
            Show(attempt, tentative: true);
        }
    }

    // A beginning that may still become "nothing to say" is held back.
    void Show(OpenAnswer answer, bool tentative)
    {
        if (screen.Open is null)
        {
            if (!answer.Whole && Abstention.MightBe(answer.Text) || Abstention.Is(answer.Text))
            {
                return;
            }

            using var scope = trace.Enter();
            screen.Start(IdsOf(answer.Turns), SuggestionSource.Model, CardDisplay.NewestWithCard(answer.Turns)?.Match?.Card.Id, tentative);
            answer.ShownAt ??= clock.Now;
        }

        if (answer.TakeUnshown() is { Length: > 0 } words)
        {
            screen.Write(words);
        }
    }

    void Complete(OpenAnswer answer)
    {
        Show(answer, tentative: false);
        var latency = writer.Latency();
        writer.Stop();
        if (screen.Open is null)
        {
            trace.End(WorkerTelemetry.Word(SettleReason.NothingToSay));
            turns.Settle(answer.Turns, TurnOutcome.Abstained, SettleReason.NothingToSay);
        }
        else
        {
            var newest = answer.Turns[^1];
            services.Speculation.Show(TokenEstimate.Of(answer.Text));
            trace.Complete(newest, latency);
            screen.Doubt(answer.UnsupportedFigures);
            var suggestionId = screen.Complete(newest.PlaybookVersion, latency, answer.Model);
            turns.SettleAnswered(answer.Turns, newest, SettleReason.ByModel, suggestionId);
        }

        Answer();
    }

    // An attempt that is shown as tentative may be about to become firm.
    void WithdrawFirm()
    {
        if (screen.Open is { Tentative: false })
        {
            screen.Withdraw(WithdrawReason.NewerTurn);
        }
    }

    OpenAnswer? Of(long writingId) =>
        writer.Answer?.Id == writingId ? writer.Answer : eager.Attempt?.Id == writingId ? eager.Attempt : null;

    void DiscardAttempt(string reason)
    {
        eager.Discard(reason);
        if (screen.Open is { Tentative: true })
        {
            screen.Withdraw(WithdrawReason.Resumed);
        }
    }

    ModelPrompt Prompt(IReadOnlyList<UnansweredTurn> all) => services.Context.Assemble(new CallContext(
        conversation.Brief,
        conversation.Language,
        cards.Of(all),
        conversation.Summary?.Text,
        conversation.Lines,
        [.. all.Select(turn => turn.Turn.Text)],
        [.. conversation.Suggestions.Select(suggestion => suggestion.Text)],
        clock.Now,
        RepAsks: all[^1].RepAsks));

    /// <summary>The model wrote nothing, or stopped: the playbook answers everything that waits, so that a failing model costs its time once.</summary>
    void Fail()
    {
        lastFailed = true;
        writer.Stop();
        screen.Withdraw(WithdrawReason.Failed);
        trace.End("failed");
        AnswerFromPlaybook(TurnOutcome.Failed, SettleReason.ModelFailed);
    }

    /// <summary>One answer to every turn that waits: the newest turn with a card speaks, the older ones are merged into it.</summary>
    void AnswerFromPlaybook(TurnOutcome without, SettleReason reason)
    {
        UnansweredTurn[] all = [.. turns.Waiting];
        if (CardDisplay.NewestWithCard(all) is not { Match: { } match } answered)
        {
            turns.Settle(all, without, reason);
            return;
        }

        if (conversation.ShowsAnswerFrom(match.Card.Id))
        {
            turns.Settle(all, TurnOutcome.Abstained, SettleReason.AlreadyShown);
            return;
        }

        var card = cards.Show(answered)!;
        var latency = TurnTimes.OfPlaybook(all[0], answered);
        trace.Begin([answered], SuggestionSource.Playbook);
        using var scope = trace.Enter();
        screen.Start(IdsOf(all), SuggestionSource.Playbook, card.CardId);
        screen.Write(card.Text);
        turns.SettleAnswered(all, answered, SettleReason.ByPlaybook, screen.Complete(card.PlaybookVersion, latency));
        trace.Complete(answered, latency);
    }

    static string[] IdsOf(IEnumerable<UnansweredTurn> turns) => [.. turns.Select(turn => turn.Turn.Id)];
}
