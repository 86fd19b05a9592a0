using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Brings answers to the screen, with the span of the suggestion that each becomes. A beginning that may still become "nothing to say" is
/// held back.
/// </summary>
/// <param name="clock">The call's clock.</param>
sealed class AnswerDisplay(Conversation conversation, ICallOutput output, CallClock clock)
{
    readonly SuggestionStream screen = new(conversation, output, clock);

    /// <summary>The open suggestion; null when none is open.</summary>
    public OpenSuggestionView? Open => screen.Open;

    public SuggestionTrace Trace { get; } = new(clock);

    /// <summary>Shows what an answer has and the screen has not.</summary>
    public void Show(OpenAnswer answer, bool tentative)
    {
        if (!screen.IsOpen)
        {
            if (answer.Repeats || (!answer.Whole && Abstention.MightBe(answer.Text)) || Abstention.Is(answer.Text))
            {
                return;
            }

            using var scope = Trace.Enter();
            var cardId = CardDisplay.NewestWithCard(answer.Turns)?.Match?.Card.Id;
            string[] sources = [.. AnswerPrompt.NotesOf(answer.Turns).Select(note => note.Source).Distinct(StringComparer.Ordinal)];
            screen.Start(IdsOf(answer.Turns), SuggestionSource.Model, cardId, tentative, sources);
            answer.ShownAt ??= clock.Now;
        }

        if (answer.TakeUnshown() is { Length: > 0 } words)
        {
            screen.Write(words, answer.UnsupportedFigures);
        }
    }

    /// <summary>Adds what the model wrote to an answer; words that it takes back leave the screen, too.</summary>
    public void Add(OpenAnswer answer, WordsWritten words)
    {
        answer.Model ??= words.Model;
        answer.UnsupportedFigures = words.UnsupportedFigures ?? answer.UnsupportedFigures;
        if (words.Replaces)
        {
            Replace(answer, words.Text);
        }
        else if (words.Text.Length > 0)
        {
            answer.Append(words.Text, clock.Now);
        }
    }

    void Replace(OpenAnswer answer, string words)
    {
        answer.Replace(words);
        if (answer.ShownAt is not null && screen.Replace(words))
        {
            answer.TakeUnshown();
        }
    }

    /// <summary>An attempt became the answer to confirmed turns: what is shown of it is firm.</summary>
    public void Confirm(OpenAnswer answer)
    {
        Trace.Begin(answer.Turns, SuggestionSource.Model);
        screen.Confirm(IdsOf(answer.Turns));
        if (answer.FirstWordsAt is not null)
        {
            Show(answer, tentative: false);
        }
    }

    /// <summary>The answer is whole.</summary>
    /// <returns>The suggestion; null when there was nothing to say, or nothing new: words on the screen are taken back then.</returns>
    public string? Complete(OpenAnswer answer, SuggestionLatency latency)
    {
        if (answer.Repeats)
        {
            Withdraw(WithdrawReason.Repeats);
            return null;
        }

        if (!screen.IsOpen)
        {
            Trace.End(WorkerTelemetry.Word(SettleReason.NothingToSay));
            return null;
        }

        var newest = answer.Turns[^1];
        Trace.Complete(newest, latency);
        return screen.Complete(newest.PlaybookVersion, latency, answer.Model, answer.UnsupportedFigures);
    }

    /// <summary>Shows a card's text as the answer to turns.</summary>
    public string ShowCard(CardView card, IReadOnlyList<UnansweredTurn> turns, UnansweredTurn answered)
    {
        var latency = TurnTimes.OfPlaybook(turns[0], answered);
        Trace.Begin([answered], SuggestionSource.Playbook);
        using var scope = Trace.Enter();
        screen.Start(IdsOf(turns), SuggestionSource.Playbook, card.CardId);
        screen.Write(card.Text);
        var suggestionId = screen.Complete(card.PlaybookVersion, latency);
        Trace.Complete(answered, latency);
        return suggestionId;
    }

    /// <summary>Takes the open suggestion back, if one is open.</summary>
    public void Withdraw(WithdrawReason reason)
    {
        screen.Withdraw(reason);
        Trace.End(WorkerTelemetry.Word(reason));
    }

    /// <summary>Takes the open suggestion back if it is firm: an attempt that is shown as tentative may be about to become firm.</summary>
    public void WithdrawFirm(WithdrawReason reason)
    {
        if (screen.Tentative is false)
        {
            screen.Withdraw(reason);
        }

        Trace.End(WorkerTelemetry.Word(reason));
    }

    /// <summary>Takes the open suggestion back if it is tentative.</summary>
    public void WithdrawTentative()
    {
        if (screen.Tentative is true)
        {
            screen.Withdraw(WithdrawReason.Resumed);
        }
    }

    static string[] IdsOf(IEnumerable<UnansweredTurn> turns) => [.. turns.Select(turn => turn.Turn.Id)];
}
