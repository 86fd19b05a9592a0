using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>The facts of a call's status; tells the client when they change, and only then.</summary>
/// <param name="ears">Know whether voices become words.</param>
public sealed class StatusFacts(ICallOutput output, CallTranscription ears)
{
    readonly TimeSpan[] lastHeard = new TimeSpan[2];
    CallStatus? reported;

    /// <summary>Whether what is said is being kept.</summary>
    public StorageState Storage { get; set; }

    /// <summary>The customer is a buyer without a voice: none is missing.</summary>
    public bool Rehearses { get; init; }

    /// <summary>Notes that a speaker was heard.</summary>
    /// <param name="now">The call's clock.</param>
    public void Heard(Speaker speaker, TimeSpan now) => lastHeard[(int)speaker] = now;

    /// <summary>The facts, for a snapshot: they count as told.</summary>
    /// <param name="now">The call's clock.</param>
    public CallStatus Tell(AnswerProgress answering, bool paused, TimeSpan now) => reported = Of(answering, paused, now);

    /// <summary>The facts, for somebody else than the client.</summary>
    /// <param name="now">The call's clock.</param>
    public CallStatus Of(AnswerProgress answering, bool paused, TimeSpan now)
    {
        var (transcription, lagMs) = ears.Facts(now);
        return new(
            answering.Model,
            Storage,
            answering.Busy,
            answering.Thinking,
            paused,
            Rehearses ? Hearing.Both : HearingWatch.Of(lastHeard[(int)Speaker.Rep], lastHeard[(int)Speaker.Customer], now),
            transcription,
            lagMs);
    }

    /// <summary>Tells the client what changed since it was last told.</summary>
    /// <param name="now">The call's clock.</param>
    public void Report(AnswerProgress answering, bool paused, TimeSpan now)
    {
        var before = reported;
        var current = Tell(answering, paused, now);
        if (before != current)
        {
            output.Emit(new StatusChanged(current));
        }
    }
}
