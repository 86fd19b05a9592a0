using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Answers ahead of the end of a turn, and what of them is seen: held, shown as tentative, firm once adopted, gone when discarded.
/// </summary>
/// <param name="writer">Takes over the one that is adopted.</param>
/// <param name="display">The suggestion on the screen.</param>
sealed class Attempts(EagerAnswer eager, AnswerWriter writer, AnswerDisplay display)
{
    /// <summary>Considers a turn that has not ended.</summary>
    /// <param name="turns">The turns that wait, and this one as it stands.</param>
    /// <param name="prompt">Makes the prompt that answers them; null where none may be asked now.</param>
    public void Anticipate(PartialTurn partial, IReadOnlyList<UnansweredTurn> turns, Func<ModelPrompt>? prompt)
    {
        var cardId = turns[^1].Match?.Card.Id;
        var step = eager.Consider(partial, cardId);
        if (step == EagerStep.Discard)
        {
            Discard("resumed");
            step = eager.Consider(partial, cardId);
        }

        if (step == EagerStep.Attempt && prompt is not null)
        {
            eager.Begin(turns, prompt);
        }

        if (EagerTurn.HasProbablyEnded(partial) && eager.Attempt is { } attempt)
        {
            attempt.MayShow = true;
            Show(attempt);
        }
    }

    /// <summary>The attempt that a stream belongs to; null for none.</summary>
    public OpenAnswer? Of(long writingId) => eager.Attempt?.Id == writingId ? eager.Attempt : null;

    /// <summary>Shows an attempt as tentative where it may be shown, and not beside an answer that is firm or about to be.</summary>
    public void Show(OpenAnswer attempt)
    {
        if (attempt is { MayShow: true, FirstWordsAt: not null } && writer.Answer is null)
        {
            display.Show(attempt, tentative: true);
        }
    }

    /// <summary>Makes the attempt the answer to confirmed turns.</summary>
    /// <returns>The answer; null where no attempt answers them: then none is left.</returns>
    public OpenAnswer? Adopt(IReadOnlyList<UnansweredTurn> turns)
    {
        if (eager.Adopt(turns) is not var (answer, place))
        {
            display.WithdrawTentative();
            return null;
        }

        writer.Adopt(answer, place);
        display.Confirm(answer);
        return answer;
    }

    /// <summary>Discards the attempt if its place is lost to a confirmed turn.</summary>
    public void Handle(AdmissionMoved moved)
    {
        if (eager.Lost(moved.Ticket))
        {
            Discard("yielded");
        }
    }

    public void Discard(string reason)
    {
        eager.Discard(reason);
        display.WithdrawTentative();
    }

    /// <summary>Discards the attempt of a turn that gets no answer; the next turn has all its attempts.</summary>
    /// <param name="reason">Why, for the counter.</param>
    public void Reset(string reason)
    {
        eager.Reset(reason);
        display.WithdrawTentative();
    }
}
