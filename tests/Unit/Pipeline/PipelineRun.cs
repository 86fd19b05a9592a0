using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Privacy;
using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.Unit.Clock;
using Teleprompter.Tests.Unit.Transcription;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>A call's pipeline on a clock that moves only when told to, with all it emits and keeps.</summary>
sealed class PipelineRun : ICallOutput
{
    public const string Connection = "connection-1";

    static readonly PlaybookEdition Cards = PlaybookEdition.Create(
        [
            new(
                "price",
                "The price is too high",
                ["That is too expensive for us", "The price is too high"],
                "What would make it worth it to {company|you}?",
                "A fact.",
                "A source."),
            new(
                "security",
                "Is it secure",
                ["Is our data secure", "How do you keep our data safe"],
                "Yes. Which rules must you meet?",
                null,
                null),
        ],
        []);

    readonly CallPipeline pipeline;
    readonly CallMatching matching;
    int segments;

    public PipelineRun(
        IEnumerable<CallInput>? kept = null, bool attached = true, Action<FakeModel>? configure = null, PlaybookEdition? cards = null,
        Persona? persona = null, bool testMe = false, bool knowsPersona = true, string? team = null, PrivacyOptions? privacy = null,
        IReadOnlyList<string>? objections = null, ICallSpeech? speech = null,
        Presence? presence = null)
    {
        var record = new CallRecord("call", "hash", null, Time.GetUtcNow(), CallBrief.Empty, null)
        {
            Team = team,
            Rehearsal = persona is null ? null : new RehearsalRequest(persona.Id, testMe, objections),
        };
        Model = new FakeModel(Time, Give);
        configure?.Invoke(Model);
        var stages = StagesUnderTest.With(cards ?? Cards, Time, Speculation) with
        {
            Personas = () => knowsPersona && persona is not null ? [persona] : [],
            Redactor = new Redactor(Options.Create(privacy ?? new PrivacyOptions())),
        };
        var stored = new StoredCall(record, new("w1", 1), [.. kept ?? []]);
        matching = new CallMatching(stages.Matching, Post);
        pipeline = new CallPipeline(
            stored, stages, new CallClock(Time, record.StartedAt), this, Model, matching, new CallTranscription(Transcriber),
            presence ?? new Presence(), speech);
        if (attached)
        {
            Give(new ClientAttached(Connection));
            Events.Clear();
        }
    }

    public ManualTimeProvider Time { get; } = new();

    public LiveOptions<SpeculationOptions> Speculation { get; } = new(new SpeculationOptions());

    public FakeModel Model { get; }

    public FakeTranscriber Transcriber { get; } = new();

    public List<CallEvent> Events { get; } = [];

    public List<CallInput> Kept { get; } = [];

    public bool Over => pipeline.Over;

    public WantedSummary? Wanted => pipeline.Wanted;

    public CallTally Tally => pipeline.Tally;

    public IEnumerable<TurnSettled> Settled => Events.OfType<TurnSettled>();

    public void GoOn() => pipeline.GoOn();

    public void Give(CallInput input) => pipeline.Handle(input);

    /// <summary>Compares what waits to be compared by meaning, as the stage does beside the call; words alone never wait.</summary>
    public void Compare()
    {
        for (var each = 0; each < 4; each++)
        {
            matching.MatchNext();
        }
    }

    public string Say(Speaker speaker, string text, bool endOfTurn = true)
    {
        var id = $"{speaker}-{++segments}";
        Give(new SegmentHeard(new TranscriptSegment(id, speaker, text, Final: true, endOfTurn)));
        return id;
    }

    public string Customer(string text, bool endOfTurn = true) => Say(Speaker.Customer, text, endOfTurn);

    /// <summary>The rep's words so far, spoken as time passes: one partial every half second, at 2.6 words a second.</summary>
    public string Speak(string text, string? segmentId = null)
    {
        var id = segmentId ?? $"{Speaker.Rep}-{++segments}";
        var words = text.Split(' ');
        for (var count = 1; count <= words.Length && !Over; count++)
        {
            Wait(TimeSpan.FromSeconds(1 / 2.6));
            Give(new SegmentHeard(new TranscriptSegment(id, Speaker.Rep, string.Join(' ', words.Take(count)), Final: false)));
        }

        return id;
    }

    /// <summary>The customer's words so far, as a recogniser tells them while they are spoken.</summary>
    public string Interim(string text, string? segmentId = null)
    {
        var id = segmentId ?? $"{Speaker.Customer}-{segments + 1}";
        Give(new SegmentHeard(new TranscriptSegment(id, Speaker.Customer, text, Final: false)));
        return id;
    }

    /// <summary>Lets time pass, and tells the pipeline of every deadline on the way.</summary>
    public void Wait(TimeSpan time)
    {
        var until = Time.Now + time;
        while (pipeline.Due is { } due && due <= until)
        {
            Time.Advance(due > Time.Now ? due - Time.Now : TimeSpan.Zero);
            Give(new DeadlinePassed());
        }

        Time.Advance(until - Time.Now);
    }

    bool Post(CallInput input)
    {
        Give(input);
        return true;
    }

    void ICallOutput.Emit(CallEvent callEvent, string? connectionId, long? since) => Events.Add(callEvent);

    void ICallOutput.Keep(CallInput entry) => Kept.Add(entry);
}
