using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Answering.Speculation;

/// <summary>
/// A call's attempts to answer a turn ahead of its end, one at a time. An attempt runs on a spare place, which confirmed turns take first.
/// It ends as adopted or as discarded; a discarded one is closed upstream.
/// </summary>
/// <param name="language">BCP 47 tag of the spoken language; null for English.</param>
/// <param name="clock">The call's clock.</param>
public sealed class EagerAnswer(ICallModel model, SpeculationBudget budget, string? language, CallClock clock)
{
    AdmissionTicket? place;
    int attempts;

    /// <summary>The running attempt; null when none runs.</summary>
    public OpenAnswer? Attempt { get; private set; }

    /// <summary>Decides what the newest words of an unfinished turn mean.</summary>
    /// <param name="cardId">The card that fits them; null when none does.</param>
    public EagerStep Consider(PartialTurn turn, string? cardId)
    {
        var step = EagerTurn.Decide(turn, cardId is not null, Attempt?.Turns[^1].Turn.Text, attempts, language);
        return step == EagerStep.Keep && turn.Final && StandsOnAnother(Attempt!, cardId) ? EagerStep.Discard : step;
    }

    /// <summary>Starts an attempt, if there is room for one.</summary>
    /// <param name="turns">The turns it answers, the unfinished one last.</param>
    public void Begin(IReadOnlyList<UnansweredTurn> turns, Func<ModelPrompt> prompt)
    {
        if (model.State == ModelState.Ready && budget.Allows(model.Load) && model.TryAskSpare() is { } granted)
        {
            attempts++;
            (Attempt, place) = (new OpenAnswer(turns, clock.Now), granted);
            model.Write(Attempt.Id, prompt(), Attempt.Cancellation, Attempt.TooLate);
        }
    }

    /// <summary>
    /// Gives the attempt to turns that are confirmed, if it answers them: the same turns, the newest with the same words or a few harmless
    /// more.
    /// </summary>
    /// <param name="turns">The confirmed turns, oldest first.</param>
    /// <returns>The attempt and its promoted place; null when there is none, or it answered something else and was discarded.</returns>
    public (OpenAnswer Answer, AdmissionTicket Place)? Adopt(IReadOnlyList<UnansweredTurn> turns)
    {
        attempts = 0;
        if (Attempt is not { } adopted || place is not { } spare)
        {
            return null;
        }

        if (!Answers(adopted, turns) || model.Promote(spare) is not { } promoted)
        {
            Discard("resumed");
            return null;
        }

        adopted.Turns = turns;
        var hidden = (adopted.FirstWordsAt ?? clock.Now) - adopted.StartedAt;
        SpeculationTelemetry.Adopt(hidden);
        model.Usage.Adopt(hidden);
        (Attempt, place) = (null, null);
        return (adopted, promoted);
    }

    /// <summary>Whether a place that changed was the attempt's, and is lost to a confirmed turn.</summary>
    public bool Lost(AdmissionTicket moved) => moved == place && moved.State == AdmissionState.Expired;

    /// <summary>Closes the attempt, if one runs.</summary>
    /// <param name="reason">Why, for the counter.</param>
    public void Discard(string reason)
    {
        if (Attempt is not { } discarded)
        {
            return;
        }

        var tokens = TokenEstimate.Of(discarded.Text);
        budget.Discard(tokens);
        SpeculationTelemetry.Discard(reason, tokens);
        model.Usage.Discard(tokens);
        discarded.Dispose();
        model.Release(place!);
        (Attempt, place) = (null, null);
    }

    /// <summary>Closes the attempt of a turn that gets no answer; the next turn has all its attempts.</summary>
    /// <param name="reason">Why, for the counter.</param>
    public void Reset(string reason)
    {
        Discard(reason);
        attempts = 0;
    }

    bool Answers(OpenAnswer answer, IReadOnlyList<UnansweredTurn> turns)
    {
        var older = turns.SkipLast(1).Select(turn => turn.Turn.Id);
        return !turns[^1].RepAsks
            && answer.Turns.SkipLast(1).Select(turn => turn.Turn.Id).SequenceEqual(older, StringComparer.Ordinal)
            && !StandsOnAnother(answer, turns[^1].Match?.Card.Id)
            && EagerTurn.Holds(answer.Turns[^1].Turn.Text, turns[^1].Turn.Text, language);
    }

    // A card that only the last words decide stands beside the answer; an answer on another card would contradict it.
    static bool StandsOnAnother(OpenAnswer answer, string? cardId) =>
        cardId is not null && answer.Turns[^1].Match is { } match && match.Card.Id != cardId;
}
