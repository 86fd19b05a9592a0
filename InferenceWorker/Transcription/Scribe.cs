using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Has one speaker's utterances written down, in their order and one request at a time. What has ended goes before what still grows. Where the transcriber cannot keep
/// up, at most <see cref="MostWaiting"/> utterances wait; then the oldest is given up, counted, and stands with the words that were shown of it: what is said now matters more.
/// </summary>
/// <param name="channel">Whose voice.</param>
/// <param name="transcriber">Turns sound into words.</param>
public sealed class Scribe(Speaker channel, ICallTranscriber transcriber)
{
    /// <summary>Utterances that have ended and wait for their words, at most.</summary>
    public const int MostWaiting = 3;

    /// <summary>The first words of a voice are asked for after this much of it.</summary>
    static readonly TimeSpan FirstInterim = TimeSpan.FromMilliseconds(500);

    /// <summary>Words of a growing utterance come this often, the time the transcriber takes included.</summary>
    static readonly TimeSpan InterimEvery = TimeSpan.FromSeconds(1);

    static readonly TimeSpan ShortestInterim = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one late answer counts as being behind.</summary>
    static readonly TimeSpan LateFor = TimeSpan.FromSeconds(5);

    static long requests;

    readonly List<Utterance> waiting = [];
    Pending? pending;
    Utterance? unshown;
    TimeSpan askedAt = TimeSpan.MinValue;
    TimeSpan answeredAt = TimeSpan.MinValue;
    TimeSpan took;
    CallTerms terms = new(language: null, () => CallBrief.Empty);
    Action<HeardWords> say = _ => { };

    /// <summary>Writes for somebody from now on.</summary>
    /// <param name="helpful">What helps to understand the voice.</param>
    /// <param name="listener">Takes the words.</param>
    public void Serve(CallTerms helpful, Action<HeardWords> listener) => (terms, say) = (helpful, listener);

    /// <summary>The silence after an utterance's words at which its turn is over.</summary>
    /// <param name="speech">The utterance.</param>
    public TimeSpan PauseAfter(Utterance speech) => Endpointing.PauseAfter(speech.Words.Text, terms.Language);

    /// <summary>When to ask for the words of an utterance that still grows; null while something else is asked.</summary>
    /// <param name="speech">The utterance.</param>
    public TimeSpan? InterimDue(Utterance speech)
    {
        if (!speech.Credible || pending is not null || waiting.Count > 0)
        {
            return null;
        }

        var spacing = InterimEvery - took > ShortestInterim ? InterimEvery - took : ShortestInterim;
        var first = speech.BeganAt + FirstInterim;
        return askedAt > TimeSpan.MinValue && askedAt + spacing > first ? askedAt + spacing : first;
    }

    /// <summary>Whether nothing can be asked about an utterance now: all of it was, or another one comes first.</summary>
    /// <param name="speech">The utterance.</param>
    public bool Awaits(Utterance speech) =>
        waiting.Count > 0 || (pending is { } asked && (asked.Speech != speech || asked.Voiced == speech.Voiced));

    /// <summary>Asks for an utterance's words, unless <see cref="Awaits"/>; an older request for it ends.</summary>
    /// <param name="speech">The utterance.</param>
    /// <param name="final">Its speaker has stopped.</param>
    /// <param name="now">The call's clock.</param>
    public void Ask(Utterance speech, bool final, TimeSpan now)
    {
        if (!Awaits(speech))
        {
            Cancel();
            Start(speech, final, now);
        }
    }

    /// <summary>No more comes of an utterance: its words are final, or will be once they are known.</summary>
    /// <param name="speech">The utterance.</param>
    public void Finish(Utterance speech)
    {
        if (speech.Covered)
        {
            Settle(speech);
            return;
        }

        if (pending?.Speech == speech && pending.Voiced != speech.Voiced)
        {
            Cancel();
        }

        waiting.Add(speech);
        if (waiting.Count > MostWaiting)
        {
            TranscriptionTelemetry.GiveUp("behind");
            var oldest = waiting[0];
            waiting.RemoveAt(0);
            if (pending?.Speech == oldest)
            {
                Cancel();
            }

            Settle(oldest);
        }
    }

    /// <summary>Asks for the next words that wait.</summary>
    /// <param name="now">The call's clock.</param>
    public void Elapse(TimeSpan now)
    {
        if (pending is null && waiting.Count > 0)
        {
            Start(waiting[0], final: true, now);
        }
    }

    /// <summary>Words came, or will not come.</summary>
    /// <param name="answer">They.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>Whether they were asked for here.</returns>
    public bool Take(SpeechTranscribed answer, TimeSpan now)
    {
        if (pending is not { } asked || asked.Id != answer.RequestId)
        {
            return false;
        }

        var speech = asked.Speech;
        pending = null;
        asked.Cancellation.Dispose();
        (took, answeredAt) = (now - asked.WantedAt, now);
        if (answer.Text is { } text)
        {
            speech.Answered = asked.Voiced;
            Note(speech, text);
        }
        else if (asked.Final)
        {
            speech.Answered = asked.Voiced;
            TranscriptionTelemetry.GiveUp("failed");
        }

        if (waiting.Remove(speech))
        {
            Settle(speech);
        }

        return true;
    }

    /// <summary>Shows the newest words of an utterance that is not over.</summary>
    public void Show()
    {
        if (unshown is { } speech)
        {
            (unshown, speech.Shown) = (null, true);
            Tell(speech, final: false, endOfTurn: false);
        }
    }

    /// <summary>How far the words are behind the voice.</summary>
    /// <param name="now">The call's clock.</param>
    public TimeSpan Lag(TimeSpan now)
    {
        var late = WantedSince is { } since ? now - since : TimeSpan.Zero;
        return answeredAt > TimeSpan.MinValue && now - answeredAt < LateFor && took > late ? took : late;
    }

    /// <summary>Since when words are wanted that have not come, on the call's clock; null when none are.</summary>
    public TimeSpan? WantedSince => waiting.Count > 0 ? waiting[0].EndedAt + Endpointing.BeforeRequest : pending?.WantedAt;

    /// <summary>When a late answer stops counting, on the call's clock; null where none does.</summary>
    public TimeSpan? LateUntil => answeredAt > TimeSpan.MinValue ? answeredAt + LateFor : null;

    /// <summary>Ends what is under way; it is asked for again.</summary>
    public void Interrupt() => Cancel();

    /// <summary>Forgets everything, and ends what is under way.</summary>
    public void Clear()
    {
        Cancel();
        waiting.ForEach(speech => speech.Release());
        waiting.Clear();
        unshown = null;
    }

    void Note(Utterance speech, string text)
    {
        var said = Artefacts.Clean(text, terms.Prompt, TimeSpan.FromSeconds(speech.Pcm.Length / (2.0 * AudioFrame.SampleRate)), out var reason);
        if (reason is not null)
        {
            TranscriptionTelemetry.Filter(reason);
        }

        if (said.Length > 0 && speech.Words.Take(said))
        {
            unshown = speech;
        }
    }

    void Start(Utterance speech, bool final, TimeSpan now)
    {
        var wanted = final ? speech.EndedAt + Endpointing.BeforeRequest : now;
        if (final && now > wanted)
        {
            TranscriptionTelemetry.Ask(now - wanted);
        }

        pending = new Pending(Interlocked.Increment(ref requests), speech, speech.Voiced, final, wanted < now ? wanted : now, new CancellationTokenSource());
        askedAt = now;
        transcriber.Transcribe(new SpeechRequest(pending.Id, terms.Language, terms.Prompt, final), speech.Pcm.Bytes, pending.Cancellation.Token);
    }

    void Cancel()
    {
        if (pending is { } asked)
        {
            // Not disposed of: the request may be about to look at it, and it holds no timer.
            pending = null;
            asked.Cancellation.Cancel();
        }
    }

    void Settle(Utterance speech)
    {
        unshown = unshown == speech ? null : unshown;
        if (speech.Words.Text.Length > 0)
        {
            Tell(speech, final: true, endOfTurn: speech.SilenceAfter >= PauseAfter(speech));
        }

        speech.Release();
    }

    void Tell(Utterance speech, bool final, bool endOfTurn)
    {
        var (text, firm) = (speech.Words.Text, final ? speech.Words.Text.Length : speech.Words.FirmChars);
        say(new HeardWords(new TranscriptSegment(speech.SegmentId, channel, text, final, endOfTurn, speech.StartMs, speech.EndMs), firm, speech.EndedAt));
    }

    sealed record Pending(long Id, Utterance Speech, int Voiced, bool Final, TimeSpan WantedAt, CancellationTokenSource Cancellation);
}
