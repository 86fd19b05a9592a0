namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// One speaker's requests for words: one at a time, in the order of the utterances; what has ended goes before what still grows. Where the
/// transcriber cannot keep up, at most <see cref="MostWaiting"/> utterances wait; then the oldest is given up and counted: what is said now
/// matters more.
/// </summary>
public sealed class SpeechRequests(ICallTranscriber transcriber)
{
    /// <summary>Utterances that have ended and wait for their words, at most.</summary>
    public const int MostWaiting = 3;

    /// <summary>The first words of a voice are asked for after this much of it.</summary>
    static readonly TimeSpan FirstInterim = TimeSpan.FromMilliseconds(500);

    /// <summary>Words of a growing utterance come this often, the time the transcriber takes included.</summary>
    static readonly TimeSpan InterimEvery = TimeSpan.FromSeconds(1);

    static readonly TimeSpan ShortestInterim = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Words on which an answer may start are asked for this often, by a transcriber that rests as long as it works: a word takes 300 to
    /// 400 ms, so the last request before the end of the voice misses one or two.
    /// </summary>
    static readonly TimeSpan HurriedInterim = TimeSpan.FromMilliseconds(400);

    static long lastId;

    readonly List<Utterance> waiting = [];
    Pending? pending;
    TimeSpan? askedAt;
    bool answers;

    /// <summary>How long answers take.</summary>
    public TranscriptionLag Lag { get; } = new();

    /// <summary>Since when words are wanted that have not come, on the call's clock; null when none are.</summary>
    public TimeSpan? WantedSince => waiting.Count > 0 ? waiting[0].EndedAt + Endpointing.BeforeRequest : pending?.WantedAt;

    /// <summary>When to ask for the words of an utterance that still grows; null while something else is asked.</summary>
    /// <param name="hurry">An answer may start on its words so far.</param>
    public TimeSpan? InterimDue(Utterance speech, bool hurry)
    {
        if (pending is not null || waiting.Count > 0)
        {
            return null;
        }

        var spacing = Longer(InterimEvery - Lag.Last, ShortestInterim);
        var hurried = Longer(Lag.Last * 2, HurriedInterim);
        var first = speech.BeganAt + FirstInterim;
        return askedAt is { } asked ? Longer(first, asked + (hurry && answers && hurried < spacing ? hurried : spacing)) : first;
    }

    /// <summary>Whether nothing can be asked about an utterance now: all of it was asked for, or another one comes first.</summary>
    public bool Blocked(Utterance speech) =>
        waiting.Count > 0 || (pending is { } asked && (asked.Speech != speech || asked.Voiced == speech.Voiced));

    /// <summary>Asks for an utterance's words, unless <see cref="Blocked"/>; an older request for it is cancelled.</summary>
    /// <param name="terms">What helps to understand it.</param>
    /// <param name="now">The call's clock.</param>
    public void Ask(Utterance speech, bool final, CallTerms terms, TimeSpan now)
    {
        if (!Blocked(speech))
        {
            Cancel();
            Start(speech, final, terms, now);
        }
    }

    /// <summary>Queues an utterance that has ended before all of its words were known.</summary>
    /// <returns>The utterance that is given up for it; null when there is room.</returns>
    public Utterance? Queue(Utterance speech)
    {
        if (pending?.Speech == speech && pending.Voiced != speech.Voiced)
        {
            Cancel();
        }

        waiting.Add(speech);
        if (waiting.Count <= MostWaiting)
        {
            return null;
        }

        TranscriptionTelemetry.GiveUp("behind");
        var oldest = waiting[0];
        waiting.RemoveAt(0);
        if (pending?.Speech == oldest)
        {
            Cancel();
        }

        return oldest;
    }

    /// <summary>Asks for the words of the utterance that has waited longest, unless something is asked.</summary>
    /// <param name="terms">What helps to understand it.</param>
    /// <param name="now">The call's clock.</param>
    public void AskNext(CallTerms terms, TimeSpan now)
    {
        if (pending is null && waiting.Count > 0)
        {
            Start(waiting[0], final: true, terms, now);
        }
    }

    /// <summary>Matches an answer with its request.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>The utterance it belongs to, and whether that one has ended; null when nobody waits for it.</returns>
    public (Utterance Speech, bool Ended)? Match(SpeechTranscribed answer, TimeSpan now)
    {
        if (pending is not { } asked || asked.Id != answer.RequestId)
        {
            return null;
        }

        pending = null;
        asked.Cancellation.Dispose();
        Lag.Answer(asked.WantedAt, now);
        answers = answer.Text is not null;
        if (answer.Text is not null || asked.Final)
        {
            asked.Speech.Answered = asked.Voiced;
        }

        if (answer.Text is null && asked.Final)
        {
            TranscriptionTelemetry.GiveUp("failed");
        }

        return (asked.Speech, waiting.Remove(asked.Speech));
    }

    /// <summary>Cancels the request under way; its utterance is asked for again.</summary>
    public void Cancel()
    {
        if (pending is { } asked)
        {
            // Not disposed of: the request may be about to look at it, and it holds no timer.
            pending = null;
            asked.Cancellation.Cancel();
        }
    }

    /// <summary>Cancels the request under way and drops what waits.</summary>
    public void Clear()
    {
        Cancel();
        waiting.ForEach(speech => speech.Release());
        waiting.Clear();
    }

    void Start(Utterance speech, bool final, CallTerms terms, TimeSpan now)
    {
        var wanted = final ? speech.EndedAt + Endpointing.BeforeRequest : now;
        if (final && now > wanted)
        {
            TranscriptionTelemetry.Ask(now - wanted);
        }

        var (id, wantedAt) = (Interlocked.Increment(ref lastId), wanted < now ? wanted : now);
        pending = new Pending(id, speech, speech.Voiced, final, wantedAt, new CancellationTokenSource());
        askedAt = now;
        transcriber.Transcribe(new SpeechRequest(id, terms.Language, terms.Prompt, final), speech.Pcm.Bytes, pending.Cancellation.Token);
    }

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    sealed record Pending(long Id, Utterance Speech, int Voiced, bool Final, TimeSpan WantedAt, CancellationTokenSource Cancellation);
}
