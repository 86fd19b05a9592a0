using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>
/// The rehearsal on one page. The rep's words so far are judged; the buyer answers them, cuts in, or hangs up; its words are those of the
/// call's customer. One turn of the buyer is pending or spoken at a time: while one is pending, a stronger reason replaces it, and an
/// answer is stale once the rep goes on. Not thread-safe.
/// </summary>
public sealed class Buyer
{
    /// <summary>A later answer would answer another moment.</summary>
    static readonly TimeSpan AnswerableFor = TimeSpan.FromSeconds(10);

    readonly CallRecord record;
    readonly Conversation conversation;
    readonly CallClock clock;
    readonly BuyerMemory memory;
    readonly BuyerVoice voice;
    readonly ICallSpeech? speech;
    readonly RepFloor floor = new();
    TimeSpan decidedAt;
    bool leaves;
    bool owesAnswer;

    /// <param name="record">Says with whom to rehearse.</param>
    /// <param name="speech">Says them aloud; null where they are text.</param>
    /// <param name="speak">Takes the buyer's words as the customer's.</param>
    public Buyer(
        CallRecord record, Conversation conversation, CallClock clock, ICallOutput output, ICallModel model, ICallSpeech? speech,
        Action<TranscriptSegment> speak)
    {
        (this.record, this.conversation, this.clock, this.speech) = (record, conversation, clock, speech);
        memory = new BuyerMemory(record.Rehearsal!, conversation, clock, output);
        voice = new BuyerVoice(clock, model, speak, Begin);
    }

    /// <summary>The buyer has said its last words and ended the call, or there is none.</summary>
    public bool HasHungUp => leaves && voice.Turn is null;

    /// <summary>The teleprompter stays silent.</summary>
    public bool TestsRep => record.Rehearsal!.TestMe;

    /// <summary>When <see cref="Elapse"/> has something to do, on the call's clock; null for never.</summary>
    public TimeSpan? Due => voice.Turn is { } turn ? turn.Due : NextDecision;

    /// <summary>The rehearsal as the rep's panel shows it; null before <see cref="Meet"/>.</summary>
    public RehearsalView? View => memory.View(speech is not null);

    /// <summary>Takes up what was kept.</summary>
    public void Restore(CallInput entry) => leaves |= memory.Restore(entry);

    /// <inheritdoc cref="BuyerMemory.Meet"/>
    public void Meet(IReadOnlyList<Persona> personas, IReadOnlyList<PlaybookCard> cards) => leaves |= !memory.Meet(personas, cards);

    /// <summary>The buyer opens the call, or answers what the rep said last, if that has no answer yet.</summary>
    public void TakeUp()
    {
        switch (memory.LastSaid)
        {
            case var _ when memory.Persona is null || leaves || conversation.Paused || voice.Turn is not null:
                break;
            case null:
                voice.Say(voice.NewTurn("opens"), memory.Lines.Opening(record.CallId));
                break;
            case { Segment: { Speaker: Speaker.Rep } last, ArrivedAt: var at } when clock.Now - at < AnswerableFor && last.EndsTurn():
                floor.Add(last, memory.Asked, clock.Now);
                Answer();
                break;
        }
    }

    /// <summary>Somebody says something, or goes on: the rep's words count.</summary>
    public void Hear(TranscriptSegment segment)
    {
        if (memory.Persona is null || leaves || segment.Speaker != Speaker.Rep)
        {
            return;
        }

        floor.Add(segment, memory.Asked, clock.Now);
        if (voice.Speaks && !memory.Persona.Holds && floor.IsTaken)
        {
            voice.Stop("yielded");
        }
        else if (voice is { Speaks: false, Turn.Reason: null })
        {
            voice.Stop("stale");
        }

        Decide();
        if (segment.EndsTurn())
        {
            Answer();
        }
    }

    /// <summary>The rep's turn is over: the buyer answers, at once or when it has said its own.</summary>
    public void Answer()
    {
        owesAnswer = voice.Speaks;
        if (memory.Persona is not null && !leaves && voice.Turn is null && floor is { IsTail: false, Speech: { } speech })
        {
            Play(voice.NewTurn("answers"), speech);
        }
    }

    /// <summary>Does what time has brought due.</summary>
    public void Elapse()
    {
        if (voice.Turn is { } turn && turn.Due <= clock.Now)
        {
            End(turn);
            AnswerIfOwed();
        }
        else if (NextDecision <= clock.Now)
        {
            decidedAt = clock.Now;
            if (floor.IsSpeaking(clock.Now))
            {
                Decide();
            }
        }
    }

    public void Handle(BuyerWords words)
    {
        if (!voice.Add(words))
        {
            voice.EndWriting();
            AnswerIfOwed();
        }
    }

    public void Handle(BuyerEnded ended)
    {
        if (voice.Turn is { IsWritten: false } turn && turn.Id == ended.TurnId)
        {
            End(turn);
            AnswerIfOwed();
        }
    }

    /// <summary>The client tells how far the buyer was heard, and whether the rep talks over it.</summary>
    public void Handle(SpeechPlayed played)
    {
        if (voice.Report(played.Report) && played.Report.Stopped && !memory.Persona!.Holds)
        {
            voice.Stop("yielded");
        }
    }

    public void Handle(TurnSpoken spoken)
    {
        voice.Handle(spoken);
        AnswerIfOwed();
    }

    /// <summary>Stops speaking and listening; what was said stands.</summary>
    /// <param name="reason">Why, as it is counted.</param>
    public void Stop(string reason)
    {
        voice.Stop(reason);
        floor.Close();
    }

    TimeSpan? NextDecision =>
        memory.Persona is { } persona && floor.Speech is { } speech
            && CutInDecision.Due(persona, speech, memory.Past) is { } due && due > decidedAt ? due : null;

    void Decide()
    {
        if (floor.Speech is not { } speech || voice.Speaks)
        {
            return;
        }

        decidedAt = clock.Now;
        switch (CutInDecision.Decide(memory.Persona!, speech, memory.Past, clock.Now))
        {
            case BuyerMove.Interject(var line):
                memory.Past = memory.Past with { Murmured = true };
                voice.Murmur(line);
                break;
            case BuyerMove.CutIn(var reason, _) when voice.Turn?.Reason == reason:
                break;
            case BuyerMove.CutIn(var reason, _) when voice.Turn?.Reason > reason:
                RehearsalTelemetry.Drop("weaker");
                break;
            case BuyerMove.CutIn(var reason, var why):
                voice.Stop("preempted");
                Play(voice.NewTurn(WorkerTelemetry.Word(reason), reason, why), speech);
                break;
            case BuyerMove.HangUp(var reason, var why):
                voice.Stop("preempted");
                leaves = true;
                voice.Say(voice.NewTurn("hangsUp", reason, why), memory.Lines.HangUp());
                break;
        }
    }

    void AnswerIfOwed()
    {
        if (owesAnswer)
        {
            Answer();
        }
    }

    void Play(BuyerTurn turn, RepSpeech speech)
    {
        if (!voice.TryPlay(turn, () => BuyerPrompt.Of(memory.Persona!, memory.Objections, conversation.Lines, speech.Words, turn.Why)))
        {
            End(turn);
        }
    }

    /// <summary>The words so far stand; where there are none, the persona's own are said.</summary>
    void End(BuyerTurn turn)
    {
        if (turn.IsWritten)
        {
            voice.Stop("tooLong");
        }
        else if (voice.Speaks)
        {
            voice.EndWriting();
        }
        else
        {
            voice.Say(turn, memory.Line(turn, floor.Speech, clock.Now));
        }
    }

    void Begin(BuyerTurn turn)
    {
        turn.Aloud = speech?.Begin(turn.Id, memory.Persona!.Voice, turn.Cancellation);
        floor.Close();
        memory.Past = memory.Past with { Murmured = false };
        memory.Keep(turn, leaves);
    }
}
