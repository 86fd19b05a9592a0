using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// What was said, as it is remembered and shown: without words off the record, and without copies of the customer's words.
/// </summary>
/// <param name="call">The stages of the call.</param>
sealed class CallTranscript(CallParts call)
{
    /// <summary>Adds a segment, or more words of one, and shows it.</summary>
    /// <param name="firmChars">How many of its characters will hardly change.</param>
    /// <returns>What is new of it; null where nothing shall follow from it.</returns>
    public SegmentNovelty? Add(SegmentHeard heard, int firmChars)
    {
        var segment = heard.Segment;
        if (call.Conversation.Paused)
        {
            WorkerTelemetry.DropInput("offTheRecord");
            return null;
        }

        var novelty = call.Conversation.Add(segment, call.Now, heard.Said);
        if (novelty == SegmentNovelty.Known)
        {
            return null;
        }

        var speaker = call.Conversation.SpeakerOn(segment.Speaker);
        call.Status.Heard(speaker, call.Now);
        if (segment.Final && Crosstalk.Completed(segment, call.Conversation, call.Now) is { } copy)
        {
            Remove(copy);
            if (copy == segment)
            {
                return null;
            }
        }

        call.Output.Emit(new TranscriptUpdated(
            segment.SegmentId, speaker, heard.Said ?? segment.Text, segment.Final, segment.EndsTurn(), segment.StartMs, segment.EndMs,
            firmChars));
        if (segment.Final && speaker == Speaker.Rep)
        {
            call.Said.Check();
        }

        return novelty;
    }

    /// <summary>The rep's microphone heard the customer: the copy is taken off.</summary>
    void Remove(TranscriptSegment copy)
    {
        WorkerTelemetry.DropInput("crosstalk");
        var removed = new SegmentRemoved(copy.Speaker, copy.SegmentId);
        call.Conversation.Apply(removed);
        call.Output.Keep(removed);
        call.Output.Emit(new TranscriptUpdated(
            copy.SegmentId, Speaker.Rep, "", Final: true, EndOfTurn: true, copy.StartMs, copy.EndMs, FirmChars: 0));
    }
}
