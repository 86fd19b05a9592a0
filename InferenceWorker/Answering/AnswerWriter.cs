using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>The answer that a call is having written to turns that are confirmed: its place in the line, and its stream.</summary>
/// <param name="patience">How long the oldest turn waits for first words before its answer is given up.</param>
/// <param name="clock">The call's clock.</param>
public sealed class AnswerWriter(ICallModel model, TimeSpan patience, CallClock clock)
{
    AdmissionTicket? ticket;
    TimeSpan askedAt;
    TimeSpan grantedAt;
    TimeSpan resumedAt;

    /// <summary>The answer that is being written; null when none is.</summary>
    public OpenAnswer? Answer { get; private set; }

    /// <summary>Waits for a stream, or has one.</summary>
    public bool Asking => ticket is not null;

    /// <summary>Waits for a stream, or has one, without a word yet.</summary>
    public bool Thinking => ticket is not null && Answer?.FirstWordsAt is null;

    /// <summary>Waits behind the few that are next.</summary>
    public bool Held => ticket?.State == AdmissionState.Held;

    /// <summary>Streams cancelled since one last finished.</summary>
    public int CancelsInARow { get; private set; }

    /// <summary>
    /// When an open stream without a word must be given up, on the call's clock; null when none is. Waiting for a free stream costs no
    /// patience: the rep was told "busy".
    /// </summary>
    public TimeSpan? Due => Answer is { FirstWordsAt: null } waiting
        ? TurnTimes.Later(waiting.Turns[0].MatchedAt + (grantedAt - askedAt), resumedAt) + patience
        : null;

    /// <summary>Takes a place in the line; a place that has a stream to itself already is kept.</summary>
    /// <param name="askedAgo">How long ago the oldest unanswered turn asked.</param>
    /// <returns>Whether a stream may begin now.</returns>
    public bool Ask(TimeSpan askedAgo)
    {
        if (ticket?.State != AdmissionState.Granted)
        {
            askedAt = clock.Now;
            ticket = model.Ask(askedAgo);
            grantedAt = clock.Now;
        }

        return ticket.State == AdmissionState.Granted;
    }

    /// <summary>Notes that the place changed.</summary>
    /// <returns>What it came to; null when it is not this answer's, or nothing follows from it.</returns>
    public AdmissionState? Move(AdmissionTicket moved)
    {
        if (moved != ticket || Answer is not null)
        {
            return null;
        }

        grantedAt = clock.Now;
        return moved.State;
    }

    /// <summary>Counts the patience anew: while nobody read, nobody waited.</summary>
    public void Resume() => resumedAt = clock.Now;

    /// <summary>Opens the stream.</summary>
    /// <param name="turns">The turns it answers, oldest first.</param>
    public void Begin(IReadOnlyList<UnansweredTurn> turns, ModelPrompt prompt)
    {
        Answer = new OpenAnswer(turns, clock.Now);
        model.Write(Answer.Id, prompt, Answer.Cancellation, Answer.TooLate);
    }

    /// <summary>Takes over an attempt, which becomes the answer to turns that are confirmed.</summary>
    public void Adopt(OpenAnswer attempt, AdmissionTicket place)
    {
        if (ticket is not null && ticket != place)
        {
            model.Release(ticket);
        }

        (Answer, ticket) = (attempt, place);
        askedAt = grantedAt = clock.Now;
    }

    /// <summary>Closes the stream for a newer turn's sake; the place stays.</summary>
    public void Cancel()
    {
        CancelsInARow++;
        CloseStream();
    }

    /// <summary>Closes the stream because its first words do not come; gives the place up.</summary>
    public void GiveUp()
    {
        Answer?.GiveUp();
        Stop();
    }

    /// <summary>Closes the stream, if one is open, and gives the place up.</summary>
    public void Stop()
    {
        CancelsInARow = 0;
        CloseStream();
        if (ticket is not null)
        {
            model.Release(ticket);
            ticket = null;
        }
    }

    /// <summary>Where the time of the open answer went, up to its first words on the screen.</summary>
    /// <returns>The spans; they sum to the whole.</returns>
    public SuggestionLatency Latency() => TurnTimes.OfModel(Answer!, askedAt, grantedAt, clock.Now);

    void CloseStream()
    {
        Answer?.Dispose();
        Answer = null;
    }
}
