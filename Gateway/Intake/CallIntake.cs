using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Privacy;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>
/// Accepts what a client says: checks it, sends it to the call's owner, then stores it. In this order the answer never waits for storage;
/// the client's acknowledgement does.
/// </summary>
public sealed class CallIntake(
    CallRouter router, ICallStore store, Redactor redactor, ConsentGate consents, IOptions<RateLimitOptions> limits)
{
    /// <summary>Accepts words.</summary>
    /// <returns>When stored; an interim: when sent.</returns>
    /// <exception cref="HubException">It is not valid, could not be stored, or is a final while the call is off the record.</exception>
    public async Task Accept(LiveCall call, TranscriptSegment segment)
    {
        MessageRules.Require(
            MessageRules.Problem(segment)
            ?? MessageRules.SpeakerProblem(call.Record.Rehearsal, segment.Speaker)
            ?? limits.Value.LengthProblem(call.Clock.Now));
        consents.Require(call);
        using var span = segment.EndsTurn() ? Tracing.Receive(nameof(ICallHub.SendTranscript), segment.Traceparent) : null;

        // Judged as it is kept: a final that is sent again after a takeover is the same as the kept one.
        var heard = redactor.Redact(Clamped(segment, call), call.Record.Team);
        segment = heard.Segment;
        if (!IsNew(segment, call))
        {
            return;
        }

        if (segment.EndsTurn())
        {
            call.Relay.Spans.Receive(segment.SegmentId);
        }

        if (segment.Final)
        {
            await SendAndStore(call, heard);
            call.Segments.Add(segment);
        }
        else
        {
            await router.Send(call, heard);
        }
    }

    /// <summary>Accepts what is stored besides words: a brief, feedback, a pause, a swap, the end.</summary>
    /// <param name="problem">What is wrong with the input; null when nothing is.</param>
    /// <returns>When stored; for a pause or a swap, when in force.</returns>
    /// <exception cref="HubException">It is not valid, or is content of a call whose record is full.</exception>
    public async Task Accept(LiveCall call, CallInput input, string? problem = null)
    {
        MessageRules.Require(problem);
        var (settings, isOwn) = (call.Settings, call.PauseIsOwn);
        call.Settings = settings.After(input);
        call.PauseIsOwn |= input is PauseSet;
        if (input is PauseSet { Paused: true })
        {
            call.Audio.Clear();
        }

        try
        {
            await SendAndStore(call, input);
        }
        catch (CallStoreUnavailableException) when (input is PauseSet or SpeakersSwapped)
        {
            // It is in force, whether or not it can be stored now: the owner, or the next one, stores it when the store is back.
            await router.Send(call, new KeepLater(input));
        }
        catch
        {
            (call.Settings, call.PauseIsOwn) = (settings, isOwn);
            throw;
        }
    }

    /// <summary>Passes on how far a buyer's voice was played.</summary>
    public Task Accept(LiveCall call, SpeechReport report)
    {
        MessageRules.Require(MessageRules.Problem(report));
        return router.Send(call, new SpeechPlayed(report));
    }

    /// <summary>Passes on what is not stored.</summary>
    /// <exception cref="CallStoreUnavailableException">The bus is away.</exception>
    public async Task Forward(LiveCall call, CallInput input)
    {
        MessageRules.Require(input is SuggestNowAsked ? limits.Value.LengthProblem(call.Clock.Now) : null);
        using var span = input is SuggestNowAsked ? Tracing.Receive(nameof(ICallHub.SuggestNow), traceparent: null) : null;
        if (!await router.Send(call, input))
        {
            throw new CallStoreUnavailableException("The bus is not reachable.");
        }
    }

    /// <summary>Records what the client measured, and passes its acknowledgement on.</summary>
    /// <param name="call">The call; null when the connection has none.</param>
    public Task Acknowledge(LiveCall? call, Progress progress)
    {
        MessageRules.Require(MessageRules.Problem(progress));
        GatewayTelemetry.Measured(progress);
        if (call is not null)
        {
            router.Acknowledge(call, progress);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a segment is to be passed on.</summary>
    /// <exception cref="HubException">It is a final that contradicts one before it, or is off the record.</exception>
    static bool IsNew(TranscriptSegment segment, LiveCall call)
    {
        var fate = call.Segments.Judge(segment);
        if (fate == SegmentFate.Repeated)
        {
            // Stored before, whether or not the call is off the record now.
            return false;
        }

        if (call.OffTheRecord ?? throw new CallStoreUnavailableException("Whether the call is off the record is not known yet."))
        {
            GatewayTelemetry.Refuse("offTheRecord");

            // A final's acknowledgement would say that it is stored; an interim's says nothing.
            return segment.Final
                ? throw new HubException("The call is off the record, so this was not kept. Resume it before you send words.")
                : false;
        }

        if (fate == SegmentFate.TooLate)
        {
            GatewayTelemetry.Refuse("interimAfterFinal");
            return false;
        }

        MessageRules.Require(fate == SegmentFate.Contradiction
            ? $"Segment {segment.SegmentId} was final with other words. Send changed words under a new segmentId."
            : null);
        return true;
    }

    async Task SendAndStore(LiveCall call, CallInput input)
    {
        var epoch = call.Ownership.Epoch;
        await router.Send(call, input);
        await Store(call, input);
        if (call.Ownership.Epoch != epoch)
        {
            // The new owner may have read the store just before this was stored.
            await router.Send(call, input);
        }
    }

    async Task Store(LiveCall call, CallInput input)
    {
        switch (await store.Append(call.Record.CallId, call.Ownership.Epoch, input is SegmentHeard heard ? heard.Kept() : input))
        {
            case AppendResult.Kept:
                return;
            case AppendResult.Full:
                await router.Send(call, new StorageChanged(StorageState.Full));
                if (input is PauseSet or SpeakersSwapped or CallClosed)
                {
                    // In force without being kept: a refusal would put a paused call back on the record.
                    return;
                }

                throw new HubException(
                    "The call is too long to be kept any further. It goes on live; end it and start a new one to keep what comes.");
            case AppendResult.Erased:
                call.Erased = true;
                throw new HubException("The call was deleted, and nothing more of it is kept. Start a new one.");
            case AppendResult.Fenced:
                await router.Move(call, doubted: true);
                throw new CallStoreUnavailableException("The call has just changed hands.");
            default:
                // Where the bus is away too, the next attempt tells the owner.
                await router.Send(call, new StoreLost());
                throw new CallStoreUnavailableException("The store has lost the call; its owner puts it back.");
        }
    }

    static TranscriptSegment Clamped(TranscriptSegment segment, LiveCall call)
    {
        var clamped = segment.ClampedTo(call.Clock.Now);
        if (!ReferenceEquals(clamped, segment))
        {
            GatewayTelemetry.Clamp();
        }

        return clamped.Traceparent is null ? clamped : clamped with { Traceparent = null };
    }
}
