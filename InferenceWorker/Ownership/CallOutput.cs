using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// Publishes one call's events and keeps its entries. Nothing is published once the worker's lease has run out or another worker owns the
/// call.
/// </summary>
/// <param name="mailbox">Knows whether the call was retired.</param>
public sealed class CallOutput(string callId, long epoch, CallServices services, CallMailbox mailbox, CallPersistence persistence)
    : ICallOutput
{
    readonly BusChannel<FromWorker> channel = BusChannels.Call(callId);
    readonly BusChannel<SpeechFromWorker> speech = BusChannels.Speech(callId);

    // A call taken again under the same epoch must not reuse the numbers of its former life: whoever missed the change could not tell.
    long number = services.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The number of the last event.</summary>
    public long LastNumber => Volatile.Read(ref number);

    /// <summary>Whether events are published.</summary>
    public bool MaySend => !mailbox.Retired && services.Lease.Held;

    public void Emit(CallEvent callEvent, string? connectionId = null, long? since = null)
    {
        // An event that is not published still counts: the gateway sees the gap and asks for a snapshot, once this worker may send again.
        var next = Interlocked.Increment(ref number);
        if (!MaySend)
        {
            WorkerTelemetry.Fence();
            return;
        }

        var traceparent = callEvent is SuggestionStarted ? Tracing.Here : null;
        _ = services.Bus.Publish(channel, new FromWorker(epoch, next, callEvent, connectionId, traceparent) { Since = since });
    }

    /// <summary>Sends a moment of a buyer's voice, beside the events: what is lost of it is not repaired.</summary>
    public void Send(SpeechFrame frame)
    {
        if (!MaySend)
        {
            WorkerTelemetry.Fence();
            return;
        }

        _ = services.Bus.Publish(speech, new SpeechFromWorker(epoch, frame));
    }

    public void Keep(CallInput entry) => persistence.Keep(entry);
}
