using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>The one answer a call is having written by the model: its place in the line, its stream, and where its time goes.</summary>
/// <param name="model">The model.</param>
/// <param name="patience">How long the oldest turn waits for first words before its answer is given up.</param>
/// <param name="clock">The call's clock.</param>
public sealed class AnswerWriter(ICallModel model, TimeSpan patience, CallClock clock)
{
    // Of the whole process, so that a rebuilt call never takes the last words of its former self.
    static long lastWritingId;

    AdmissionTicket? ticket;
    CancellationTokenSource? stream;
    CancellationTokenSource? tooLate;
    long writingId;
    TimeSpan askedAt;
    TimeSpan grantedAt;
    TimeSpan startedAt;
    TimeSpan resumedAt;
    TimeSpan? firstWordsAt;

    /// <summary>A stream is open.</summary>
    public bool Writing => stream is not null;

    /// <summary>Waits for a stream, or has one.</summary>
    public bool Asking => ticket is not null;

    /// <summary>Waits for a stream, or has one, without a word yet.</summary>
    public bool Thinking => ticket is not null && firstWordsAt is null;

    /// <summary>Waits behind the few that are next.</summary>
    public bool Held => ticket?.State == AdmissionState.Held;

    /// <summary>Streams cancelled since one last finished.</summary>
    public int CancelsInARow { get; private set; }

    /// <summary>The turns the open stream answers, oldest first.</summary>
    public IReadOnlyList<UnansweredTurn> Turns { get; private set; } = [];

    /// <summary>
    /// When an open stream without a word must be given up, on the call's clock; null when none is. Waiting for a free stream costs no patience: the rep was
    /// told "busy".
    /// </summary>
    public TimeSpan? Due => Writing && firstWordsAt is null ? Max(Turns[0].MatchedAt + (grantedAt - askedAt), resumedAt) + patience : null;

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
    /// <param name="moved">The place.</param>
    /// <returns>What it came to; null when it is not this answer's, or nothing follows from it.</returns>
    public AdmissionState? Move(AdmissionTicket moved)
    {
        if (moved != ticket || Writing)
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
    /// <param name="prompt">What to ask.</param>
    public void Begin(IReadOnlyList<UnansweredTurn> turns, ModelPrompt prompt)
    {
        (Turns, stream, tooLate, startedAt, firstWordsAt) = (turns, new CancellationTokenSource(), new CancellationTokenSource(), clock.Now, null);
        writingId = Interlocked.Increment(ref lastWritingId);
        model.Write(writingId, prompt, stream.Token, tooLate.Token);
    }

    /// <summary>Notes that words came.</summary>
    /// <param name="words">The words.</param>
    /// <returns>Whether they belong to the open stream: a cancelled one's are never shown.</returns>
    public bool Accept(WordsWritten words)
    {
        if (!Writing || words.WritingId != writingId)
        {
            return false;
        }

        firstWordsAt ??= clock.Now;
        return true;
    }

    /// <summary>Whether an end is the open stream's.</summary>
    /// <param name="ended">The end.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOwn(WritingEnded ended) => Writing && ended.WritingId == writingId;

    /// <summary>Closes the stream for a newer turn's sake; the place stays.</summary>
    public void Cancel()
    {
        CancelsInARow++;
        CloseStream();
    }

    /// <summary>Closes the stream because its first words do not come, which unlike any other end speaks against the model; gives the place up.</summary>
    public void GiveUp()
    {
        tooLate?.Cancel();
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

    /// <summary>Where the time of the open stream went, up to its first words.</summary>
    /// <returns>The spans; they sum to the whole.</returns>
    public SuggestionLatency Latency()
    {
        var newest = Turns[^1];
        var asked = Max(askedAt, newest.MatchedAt);
        var granted = Max(grantedAt, asked);
        var firstWords = firstWordsAt ?? clock.Now;
        return new SuggestionLatency(
            TurnMs: (newest.Turn.EndedAt - newest.Turn.HeardAt).TotalMilliseconds,
            BusMs: 0,
            CoalesceMs: (asked - newest.MatchedAt).TotalMilliseconds,
            HeldMs: (granted - asked).TotalMilliseconds,
            ContextMs: (newest.MatchedAt - newest.Turn.EndedAt + (startedAt - granted)).TotalMilliseconds,
            FirstTokenMs: (firstWords - startedAt).TotalMilliseconds,
            SinceOldestMs: (firstWords - Turns[0].Turn.HeardAt).TotalMilliseconds);
    }

    void CloseStream()
    {
        stream?.Cancel();
        stream?.Dispose();
        tooLate?.Dispose();
        stream = tooLate = null;
        firstWordsAt = null;
    }

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
