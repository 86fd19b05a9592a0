using System.Diagnostics;
using System.Text;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// From a turn that deserves an answer to the answer on the screen, and to each turn's one outcome. The model writes it where there is one that answers;
/// else the playbook does, at once.
/// </summary>
/// <param name="conversation">What the call remembers.</param>
/// <param name="stages">What all calls share.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where events and entries go.</param>
/// <param name="model">The model.</param>
public sealed class TurnAnswering(Conversation conversation, CallStages stages, CallClock clock, ICallOutput output, ICallModel model)
{
    readonly SuggestionStream desk = new(conversation, output, clock);
    readonly CardDisplay cards = new(conversation, output, clock);
    readonly SettledTurns settled = new(output);
    readonly AnswerWriter writer = new(model, stages.Coalescing.FirstWordsWithin, clock);
    readonly SuggestionTrace trace = new(clock);
    readonly List<UnansweredTurn> unanswered = [];
    readonly StringBuilder heldBack = new();
    bool lastFailed;

    /// <summary>The open suggestion; null when none is open.</summary>
    public OpenSuggestionView? Open => desk.Open;

    /// <summary>How the answering stands, for the status.</summary>
    public AnswerProgress Progress => new(
        lastFailed && model.State == ModelState.Ready ? ModelState.Unavailable : model.State,
        Busy: writer.Held,
        Thinking: writer.Thinking && !writer.Held);

    /// <summary>When <see cref="Elapse"/> has something to do; null for never.</summary>
    public TimeSpan? Due => writer.Due;

    /// <summary>Whether a turn waits or has its outcome.</summary>
    /// <param name="turnId">The turn.</param>
    /// <returns>Whether it does.</returns>
    public bool Knows(string turnId) => settled.Contains(turnId) || unanswered.Exists(waiting => waiting.Turn.Id == turnId);

    /// <summary>Notes turns that were answered before this worker had the call.</summary>
    /// <param name="turnIds">The turns.</param>
    public void Remember(IReadOnlyList<string> turnIds) => turnIds.ToList().ForEach(settled.Remember);

    /// <summary>Settles a turn that gets no answer.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="refusal">Why it does not deserve one.</param>
    public void Refuse(SpokenTurn turn, SettleReason refusal) => settled.Settle(turn.Id, TurnOutcome.Abstained, refusal);

    /// <summary>Takes a turn that shall be answered.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="match">The card that fits it.</param>
    /// <param name="playbookVersion">The playbook it was matched against.</param>
    /// <param name="trace">Its place in a trace; nothing for none.</param>
    /// <param name="repAsks">The rep asked for it, not the customer.</param>
    public void Ask(SpokenTurn turn, CardMatch? match, string playbookVersion, ActivityContext trace, bool repAsks = false) =>
        unanswered.Add(new UnansweredTurn(turn, match, playbookVersion, clock.Now, repAsks, trace));

    /// <summary>Turns wait for an answer.</summary>
    public bool Waiting => unanswered.Count > 0;

    /// <summary>Somebody reads again: expires the turns whose moment has passed, and answers the rest, unless that is under way already.</summary>
    /// <param name="endedBefore">Turns that ended before this moment of the call's clock have passed.</param>
    public void Resume(TimeSpan endedBefore)
    {
        if (!writer.Asking)
        {
            writer.Resume();
            SettleThese(unanswered.FindAll(waiting => waiting.Turn.EndedAt < endedBefore), TurnOutcome.Expired, SettleReason.Stale);
            Answer();
        }
    }

    /// <summary>Answers every turn that waits: its card at once, then the model's words, or the playbook's where no model answers.</summary>
    public void Answer()
    {
        if (unanswered.Count == 0)
        {
            return;
        }

        if (model.State != ModelState.Ready)
        {
            Withdraw(WithdrawReason.NewerTurn);
            AnswerFromPlaybook(TurnOutcome.Abstained, SettleReason.NoCard);
            return;
        }

        cards.Show(unanswered[^1]);
        var oldestAge = clock.Now - unanswered[0].Turn.EndedAt;
        switch (Coalescing.Decide(writer.Writing, writer.CancelsInARow, oldestAge, stages.Coalescing))
        {
            case CoalescingStep.Wait:
                WorkerTelemetry.Coalesce("waits");
                break;
            case CoalescingStep.Replace:
                WorkerTelemetry.Coalesce("replaces");
                desk.Withdraw(WithdrawReason.NewerTurn);
                writer.Cancel();
                trace.End(WorkerTelemetry.Word(WithdrawReason.NewerTurn));
                Begin(oldestAge);
                break;
            case CoalescingStep.Start:
                Begin(oldestAge);
                break;
        }
    }

    /// <summary>The call's place in the line changed.</summary>
    /// <param name="moved">The change.</param>
    public void Take(AdmissionMoved moved)
    {
        switch (writer.Move(moved.Ticket))
        {
            case AdmissionState.Granted when unanswered.Count > 0:
                Begin(clock.Now - unanswered[0].Turn.EndedAt);
                break;
            case AdmissionState.Expired:
                writer.Stop();
                SettleAll(TurnOutcome.Expired, SettleReason.Held);
                break;
        }
    }

    /// <summary>The model wrote some words.</summary>
    /// <param name="words">The words.</param>
    public void Take(WordsWritten words)
    {
        if (!writer.Accept(words))
        {
            WorkerTelemetry.DropInput("cancelledWords");
            return;
        }

        lastFailed = false;
        var trimmed = words.Replaces && desk.Replace(words.Text);
        if (words.Replaces)
        {
            heldBack.Clear();
        }

        desk.Doubt(words.UnsupportedFigures);
        if (trimmed || words is { Text: "", Replaces: false })
        {
            return;
        }

        if (desk.Open is null && Abstention.MightBe(heldBack.Append(words.Text).ToString()))
        {
            return;
        }

        Show(desk.Open is null ? heldBack.ToString() : words.Text);
    }

    /// <summary>The model wrote its last word, or failed.</summary>
    /// <param name="ended">The end.</param>
    public void Take(WritingEnded ended)
    {
        if (!writer.IsOwn(ended))
        {
            return;
        }

        if (ended.Failure is not null)
        {
            Fail();
            return;
        }

        if (desk.Open is null && !Abstention.Is(heldBack.ToString()))
        {
            Show(heldBack.ToString());
        }

        var (turns, latency) = (writer.Turns, writer.Latency());
        writer.Stop();
        if (desk.Open is null)
        {
            trace.End(WorkerTelemetry.Word(SettleReason.NothingToSay));
            SettleThese(turns, TurnOutcome.Abstained, SettleReason.NothingToSay);
        }
        else
        {
            trace.Complete(turns[^1], latency);
            SettleAnswered(turns, turns[^1], SettleReason.ByModel, desk.Complete(turns[^1].PlaybookVersion, latency));
        }

        Answer();
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
        writer.Stop();
        desk.Withdraw(reason);
        trace.End(WorkerTelemetry.Word(reason));
    }

    /// <summary>Takes back what is open, stops asking, and settles every turn that waits.</summary>
    /// <param name="reason">Why the suggestion goes.</param>
    /// <param name="outcome">What becomes of the turns.</param>
    /// <param name="settleReason">Why.</param>
    public void Abandon(WithdrawReason reason, TurnOutcome outcome, SettleReason settleReason)
    {
        Withdraw(reason);
        SettleAll(outcome, settleReason);
    }

    void Begin(TimeSpan oldestAge)
    {
        if (writer.Ask(oldestAge))
        {
            UnansweredTurn[] turns = [.. unanswered];
            heldBack.Clear();
            trace.Begin(turns, SuggestionSource.Model);
            using var scope = trace.Enter();
            writer.Begin(turns, stages.Context.Assemble(ContextFor(turns)));
        }
    }

    void Show(string words)
    {
        if (desk.Open is null)
        {
            using var scope = trace.Enter();
            desk.Start([.. writer.Turns.Select(turn => turn.Turn.Id)], SuggestionSource.Model, CardDisplay.NewestWithCard(writer.Turns)?.Match?.Card.Id);
        }

        desk.Write(words);
    }

    CallContext ContextFor(IReadOnlyList<UnansweredTurn> turns) => new(
        conversation.Brief,
        conversation.Language,
        cards.Of(turns),
        conversation.Summary?.Text,
        conversation.Lines,
        [.. turns.Select(turn => turn.Turn.Text)],
        [.. conversation.Suggestions.Select(suggestion => suggestion.Text)],
        clock.Now,
        RepAsks: turns[^1].RepAsks);

    /// <summary>No words, or no more of them: the playbook answers everything that waits, so that a failing model costs its time once.</summary>
    void Fail()
    {
        lastFailed = true;
        writer.Stop();
        desk.Withdraw(WithdrawReason.Failed);
        trace.End("failed");
        AnswerFromPlaybook(TurnOutcome.Failed, SettleReason.ModelFailed);
    }

    /// <summary>One answer to every turn that waits: the newest turn with a card speaks, the older ones go into it.</summary>
    void AnswerFromPlaybook(TurnOutcome without, SettleReason reason)
    {
        if (CardDisplay.NewestWithCard(unanswered) is not { Match: { } match } answered)
        {
            SettleAll(without, reason);
            return;
        }

        if (conversation.ShowsAnswerFrom(match.Card.Id))
        {
            SettleAll(TurnOutcome.Abstained, SettleReason.AlreadyShown);
            return;
        }

        var card = cards.Show(answered)!;
        var latency = PlaybookLatency(unanswered[0], answered);
        trace.Begin([answered], SuggestionSource.Playbook);
        using var scope = trace.Enter();
        desk.Start([.. unanswered.Select(waiting => waiting.Turn.Id)], SuggestionSource.Playbook, card.CardId);
        desk.Write(card.Text);
        SettleAnswered([.. unanswered], answered, SettleReason.ByPlaybook, desk.Complete(card.PlaybookVersion, latency));
        trace.Complete(answered, latency);
    }

    void SettleAnswered(IReadOnlyList<UnansweredTurn> turns, UnansweredTurn answered, SettleReason by, string suggestionId)
    {
        foreach (var waiting in turns)
        {
            unanswered.Remove(waiting);
            var (outcome, reason) = waiting == answered ? (TurnOutcome.Suggested, by) : (TurnOutcome.Merged, SettleReason.NewerTurn);
            settled.Settle(waiting.Turn.Id, outcome, reason, suggestionId);
        }
    }

    void SettleAll(TurnOutcome outcome, SettleReason reason) => SettleThese([.. unanswered], outcome, reason);

    void SettleThese(IReadOnlyList<UnansweredTurn> turns, TurnOutcome outcome, SettleReason reason)
    {
        foreach (var waiting in turns)
        {
            unanswered.Remove(waiting);
            settled.Settle(waiting.Turn.Id, outcome, reason);
        }
    }

    static SuggestionLatency PlaybookLatency(UnansweredTurn oldest, UnansweredTurn newest) => new(
        TurnMs: (newest.Turn.EndedAt - newest.Turn.HeardAt).TotalMilliseconds,
        BusMs: 0,
        CoalesceMs: 0,
        HeldMs: 0,
        ContextMs: (newest.MatchedAt - newest.Turn.EndedAt).TotalMilliseconds,
        FirstTokenMs: 0,
        SinceOldestMs: (newest.MatchedAt - oldest.Turn.HeardAt).TotalMilliseconds);
}
