using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>The calls this worker owns. Dispatches each input to its call, and detects inputs that were lost on the way.</summary>
public sealed partial class OwnedCalls(CallServices services, ILoggerFactory loggers, ILogger<OwnedCalls> logger)
{
    // A gateway writes final segments to the store just after it sends them here.
    static readonly TimeSpan WrittenWithin = TimeSpan.FromMilliseconds(250);

    readonly Lock owning = new();
    readonly ConcurrentDictionary<string, (Call Call, CallInbox Inbox)> calls = new(StringComparer.Ordinal);

    /// <summary>Every call's part of the worker's heartbeat.</summary>
    public IReadOnlyList<CallBeat> Beats => [.. calls.Values.Select(owned => owned.Call.Beat).OfType<CallBeat>()];

    public int Count => calls.Count;

    /// <summary>How many of the calls somebody reads.</summary>
    public int Read => calls.Values.Count(owned => owned.Call.IsRead);

    /// <summary>Posts an input to every call.</summary>
    public void PostAll(CallInput input)
    {
        foreach (var (call, _) in calls.Values)
        {
            call.TryPost(input);
        }
    }

    /// <summary>Posts an input to its call.</summary>
    public void Dispatch(ToWorker message, CancellationToken cancellationToken)
    {
        if (message.Input is CallMoved)
        {
            if (calls.TryGetValue(message.CallId, out var moved) && moved.Call.Epoch == message.Epoch)
            {
                moved.Call.Retire();
            }

            return;
        }

        if (FindOrOwn(message, cancellationToken) is not var (call, inbox) || !call.TryPost(Traced(message)))
        {
            WorkerTelemetry.DropInput("notMyCall");
            return;
        }

        if (inbox.Receive(message, services.Time.GetTimestamp()))
        {
            WorkerTelemetry.DropInput("lost");
            _ = RecheckSoon(call);
        }
    }

    /// <summary>
    /// Compares a gateway's heartbeat with what arrived: finds lost last inputs, and attaches connections that are not known here.
    /// </summary>
    public void Compare(GatewayHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        foreach (var beat in heartbeat.Connections)
        {
            var known = calls.TryGetValue(beat.CallId, out var owned) && owned.Call.Epoch == beat.Epoch && !owned.Call.IsOver;
            var step = known ? owned.Inbox.Compare(beat, services.Time.GetTimestamp()) : InboxStep.Attach;
            switch (step)
            {
                case InboxStep.Attach:
                    Dispatch(new ToWorker(beat.CallId, beat.Epoch, beat.Attached.ConnectionId, Seq: 0, beat.Attached), cancellationToken);
                    break;
                case InboxStep.Recheck:
                    WorkerTelemetry.DropInput("lostTail");
                    _ = RecheckSoon(owned.Call);
                    break;
            }
        }
    }

    /// <summary>Detaches the connections of gateways whose heartbeats have stopped.</summary>
    public void DetachSilent()
    {
        foreach (var (call, inbox) in calls.Values)
        {
            if (inbox.Silent(services.Time) is { } connectionId)
            {
                WorkerTelemetry.DropInput("gatewaySilent");
                call.TryPost(new ClientDetached(connectionId, (long)GatewayHeartbeat.Timeout.TotalMilliseconds));
            }
        }
    }

    static CallInput Traced(ToWorker message) =>
        message.Traceparent is null ? message.Input : message.Input with { Trace = Tracing.ContextOf(message.Traceparent) };

    async Task RecheckSoon(Call call)
    {
        await Task.Delay(WrittenWithin, services.Time);
        call.TryPost(new RecheckWanted());
    }

    /// <summary>The call of a message. A client that attaches has this worker own its call: the call is read from the store.</summary>
    (Call Call, CallInbox Inbox)? FindOrOwn(ToWorker message, CancellationToken cancellationToken)
    {
        // Inputs and heartbeats come by two loops: both may bring the same call, and two actors of one call would send at once.
        lock (owning)
        {
            var known = calls.TryGetValue(message.CallId, out var before);
            if (known && before.Call.Epoch == message.Epoch && !before.Call.IsOver)
            {
                return before;
            }

            if (message.Input is not ClientAttached || (known && before.Call.Epoch > message.Epoch))
            {
                return null;
            }

            var owned = (Call: new Call(message.CallId, message.Epoch, services, loggers.CreateLogger<Call>()), Inbox: new CallInbox());
            calls[message.CallId] = owned;
            if (known)
            {
                before.Call.Retire();
            }

            _ = Run(message.CallId, owned, cancellationToken);
            return owned;
        }
    }

    async Task Run(string callId, (Call Call, CallInbox Inbox) owned, CancellationToken cancellationToken)
    {
        try
        {
            var late = await owned.Call.Run(cancellationToken);
            calls.TryRemove(KeyValuePair.Create(callId, owned));
            foreach (var input in late.OfType<ClientAttached>())
            {
                Dispatch(new ToWorker(callId, owned.Call.Epoch, input.ConnectionId, Seq: 0, input), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
        catch (CallStoreUnavailableException)
        {
            LogCallNotTaken(callId);
        }
#pragma warning disable CA1031 // One call's defect must not end the others; the next heartbeat of its gateway has it read again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            WorkerTelemetry.DropInput("callFailed");
            LogCallFailed(error, callId);
        }
        finally
        {
            calls.TryRemove(KeyValuePair.Create(callId, owned));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Call {CallId} could not be taken: the store is away")]
    partial void LogCallNotTaken(string callId);

    [LoggerMessage(LogLevel.Critical, "Call {CallId} ended by an error nobody foresaw; it is taken from the store again")]
    partial void LogCallFailed(Exception error, string callId);
}
