using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Rehearsal;
using Teleprompter.InferenceWorker.SaidDetection;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>The stages of one call, and what they share.</summary>
sealed class CallParts
{
    /// <param name="speak">Takes the words of a rehearsal's buyer.</param>
    /// <param name="speech">Says them aloud; null where nothing does.</param>
    public CallParts(
        CallRecord record, CallStages stages, CallClock clock, ICallOutput output, ICallModel model, CallMatching matching,
        Action<TranscriptSegment> speak, ICallSpeech? speech)
    {
        (Stages, Clock, Output, Model, Matching, Team) = (stages, clock, output, model, matching, record.Team);
        Conversation = new Conversation(record.Brief, record.Language);
        Answering = new TurnAnswering(Conversation, stages.Answering, clock, output, model);
        Summary = new SummaryKeeper(Conversation, stages.Summary, clock, output, model);
        Said = new SaidWatch(Conversation, clock, output, matching);
        Buyer = record.Rehearsal is null ? null : new Buyer(record, Conversation, clock, output, model, speech, speak);
    }

    public CallStages Stages { get; }

    public CallClock Clock { get; }

    public ICallOutput Output { get; }

    public ICallModel Model { get; }

    public CallMatching Matching { get; }

    public Conversation Conversation { get; }

    public TurnAnswering Answering { get; }

    public SummaryKeeper Summary { get; }

    public SaidWatch Said { get; }

    public TurnDetector Turns { get; } = new();

    /// <summary>The buyer of a rehearsal; null in a call with a customer.</summary>
    public Buyer? Buyer { get; }

    public required CallTranscription Transcription { get; init; }

    public required StatusFacts Status { get; init; }

    /// <summary>Who reads; outlives a rebuilt pipeline.</summary>
    public required Presence Presence { get; init; }

    /// <summary>The team of whoever started the call; null for none.</summary>
    public string? Team { get; }

    public TimeSpan Now => Clock.Now;

    /// <summary>When time alone changes something in one of the stages, on the call's clock; null for never.</summary>
    public TimeSpan? Due => CallClock.Earliest(Presence.Due, Transcription.Due, Turns.Due, Answering.Due, Buyer?.Due);
}
