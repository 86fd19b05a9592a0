using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Hub;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>
/// Takes what a client says: judges it at the door, passes it to the call's owner, then keeps it. It is passed on before it is kept, so the answer
/// never waits for storage; the client's acknowledgement does.
/// </summary>
/// <param name="calls">Reaches the owners.</param>
/// <param name="store">Keeps what must not be lost.</param>
public sealed class CallIntake(LiveCalls calls, ICallStore store)
{
    /// <summary>Takes words.</summary>
    /// <param name="call">The call.</param>
    /// <param name="segment">The words.</param>
    /// <returns>When kept.</returns>
    /// <exception cref="HubException">The segment is not valid, could not be kept, or is a final while the call is off the record.</exception>
    public async Task Hear(LiveCall call, TranscriptSegment segment)
    {
        using var span = segment.EndsTurn() ? Tracing.Receive(nameof(CallHub.SendTranscript), segment.Traceparent) : null;
        segment = segment.Traceparent is null ? segment : segment with { Traceparent = null };
        Refuse(MessageRules.Problem(segment));
        var fate = call.Ledger.Judge(segment);
        if (fate is SegmentFate.Repeated)
        {
            // Kept before, whatever the call is now.
            return;
        }

        if (call.OffTheRecord ?? throw new CallStoreUnavailableException("Whether the call is off the record is not known yet."))
        {
            GatewayTelemetry.Refuse("offTheRecord");
            if (segment.Final)
            {
                // Its acknowledgement would say that it is kept; an interim's says nothing.
                throw new HubException("The call is off the record, so this was not kept. Resume it before you send words.");
            }

            return;
        }

        switch (fate)
        {
            case SegmentFate.TooLate:
                GatewayTelemetry.Refuse("interimAfterFinal");
                return;
            case SegmentFate.Contradiction:
                Refuse($"Segment {segment.SegmentId} was final with other words. Send changed words under a new segmentId.");
                return;
        }

        if (segment.EndsTurn())
        {
            call.Spans.Receive(segment.SegmentId);
        }

        var heard = new SegmentHeard(Clamped(segment, call.Clock));
        if (!segment.Final)
        {
            await calls.Tell(call, heard);
            return;
        }

        await TellAndKeep(call, heard);
        call.Ledger.Note(segment);
    }

    /// <summary>Takes a moment of a voice. Never waits: a stream that did would hold up what the client says besides.</summary>
    /// <param name="call">The call.</param>
    /// <param name="frame">The moment; valid.</param>
    public void Hear(LiveCall call, AudioFrame frame)
    {
        if (call.OffTheRecord is not false)
        {
            GatewayTelemetry.Refuse("offTheRecord");
            return;
        }

        using var span = frame.EndOfSpeech ? Tracing.Receive(nameof(CallHub.SendAudio), traceparent: null) : null;
        call.Voices.Pass(frame, call.Clock.Now, heard => _ = calls.Tell(call, heard));
    }

    /// <summary>Takes what must be kept besides words: a brief, feedback, a pause, a swap, the end.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">What happened.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
    /// <returns>When kept; for a pause or a swap, when in force.</returns>
    /// <exception cref="HubException">It is not valid, or could not be kept.</exception>
    public async Task Take(LiveCall call, CallInput input, string? problem = null)
    {
        Refuse(problem);
        var (settings, isOwn) = (call.Settings, call.PauseIsOwn);
        call.Settings = settings.After(input);
        call.PauseIsOwn |= input is PauseSet;
        if (input is PauseSet { Paused: true })
        {
            call.Voices.Clear();
        }

        try
        {
            await TellAndKeep(call, input);
        }
        catch (CallStoreUnavailableException) when (input is PauseSet or SpeakersSwapped)
        {
            // In force it is, whether or not it can be kept now: the owner, or the next one, keeps it when the store is back.
            await calls.Tell(call, new KeepLater(input));
        }
        catch
        {
            // Nobody was told but the client, that it failed.
            (call.Settings, call.PauseIsOwn) = (settings, isOwn);
            throw;
        }
    }

    /// <summary>Takes what only matters now.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">What happened.</param>
    /// <returns>When passed on.</returns>
    /// <exception cref="CallStoreUnavailableException">The bus is away.</exception>
    public async Task Pass(LiveCall call, CallInput input)
    {
        if (!await calls.Tell(call, input))
        {
            throw new CallStoreUnavailableException("The bus is not reachable.");
        }
    }

    /// <summary>Refuses a message, if something is wrong with it.</summary>
    /// <param name="problem">What is wrong, or null.</param>
    /// <exception cref="HubException">Something is.</exception>
    public static void Refuse(string? problem)
    {
        if (problem is not null)
        {
            GatewayTelemetry.Refuse("invalid");
            throw new HubException(problem);
        }
    }

    async Task TellAndKeep(LiveCall call, CallInput input)
    {
        var told = call.Ownership.Epoch;
        await calls.Tell(call, input);
        await Keep(call, input);
        if (call.Ownership.Epoch != told)
        {
            // The new owner may have read the store just before this was kept there.
            await calls.Tell(call, input);
        }
    }

    async Task Keep(LiveCall call, CallInput input)
    {
        switch (await store.Append(call.Record.CallId, call.Ownership.Epoch, input))
        {
            case AppendResult.Kept:
                return;
            case AppendResult.Full:
                await calls.Tell(call, new StorageChanged(StorageState.Full));
                throw new HubException("The call is too long to be kept any further. It goes on live; end it and start a new one to keep what comes.");
            case AppendResult.Fenced:
                await calls.Move(call, doubted: true);
                throw new CallStoreUnavailableException("The call has just changed hands.");
            case AppendResult.Unknown when await calls.Tell(call, new StoreLost()):
                throw new CallStoreUnavailableException("The store has lost the call; its owner puts it back.");
            default:
                throw new HubException("The call has expired. Start a new one.");
        }
    }

    static TranscriptSegment Clamped(TranscriptSegment segment, CallClock clock)
    {
        var clamped = segment.ClampedTo(clock.Now);
        if (!ReferenceEquals(clamped, segment))
        {
            GatewayTelemetry.Clamp();
        }

        return clamped;
    }
}
