using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>The calls this worker owns: gives each input to the call it belongs to, and notices what was lost on the way.</summary>
/// <param name="services">What all calls share.</param>
/// <param name="loggers">Makes the calls' loggers.</param>
/// <param name="logger">Logs without customer words.</param>
public sealed partial class OwnedCalls(CallServices services, ILoggerFactory loggers, ILogger<OwnedCalls> logger)
{
    static readonly TimeSpan KeptWithin = TimeSpan.FromMilliseconds(250);

    readonly Lock taking = new();
    readonly ConcurrentDictionary<string, (Call Call, CallInbox Inbox)> calls = new(StringComparer.Ordinal);

    /// <summary>How every call stands, for the worker's heartbeat.</summary>
    public IReadOnlyList<CallBeat> Beats => [.. calls.Values.Select(owned => owned.Call.Beat).OfType<CallBeat>()];

    /// <summary>How many there are.</summary>
    public int Count => calls.Count;

    /// <summary>Calls that somebody reads.</summary>
    public int Read => calls.Values.Count(owned => owned.Call.IsRead);

    /// <summary>Tells every call.</summary>
    /// <param name="input">What happened.</param>
    public void TellAll(CallInput input)
    {
        foreach (var (call, _) in calls.Values)
        {
            call.TryPost(input);
        }
    }

    /// <summary>Gives an input to its call.</summary>
    /// <param name="message">The input.</param>
    /// <param name="cancellationToken">The worker stops.</param>
    public void Give(ToWorker message, CancellationToken cancellationToken)
    {
        if (message.Input is CallMoved)
        {
            if (calls.TryGetValue(message.CallId, out var moved) && moved.Call.Epoch == message.Epoch)
            {
                moved.Call.Retire();
            }

            return;
        }

        if (Find(message, cancellationToken) is not var (call, inbox) || !call.TryPost(Traced(message)))
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

    /// <summary>Takes a gateway's heartbeat: finds lost last inputs, and takes a connection it did not hear of as attached.</summary>
    /// <param name="heartbeat">The heartbeat.</param>
    /// <param name="cancellationToken">The worker stops.</param>
    public void Hear(GatewayHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        foreach (var beat in heartbeat.Connections)
        {
            var known = calls.TryGetValue(beat.CallId, out var owned) && owned.Call.Epoch == beat.Epoch && !owned.Call.IsOver;
            var step = known ? owned.Inbox.Hear(beat, services.Time.GetTimestamp()) : InboxStep.Attach;
            switch (step)
            {
                case InboxStep.Attach:
                    Give(new ToWorker(beat.CallId, beat.Epoch, beat.Attached.ConnectionId, Seq: 0, beat.Attached), cancellationToken);
                    break;
                case InboxStep.Recheck:
                    WorkerTelemetry.DropInput("lostTail");
                    _ = RecheckSoon(owned.Call);
                    break;
            }
        }
    }

    /// <summary>Takes connections whose gateway has fallen silent for gone.</summary>
    public void Sweep()
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

    /// <summary>Words are kept just after they were sent here: what was lost of them is in the store a moment later.</summary>
    async Task RecheckSoon(Call call)
    {
        await Task.Delay(KeptWithin, services.Time);
        call.TryPost(new RecheckWanted());
    }

    /// <summary>The call a message belongs to. A client that attaches brings its call with it: it is taken from the store.</summary>
    (Call Call, CallInbox Inbox)? Find(ToWorker message, CancellationToken cancellationToken)
    {
        // Inputs and heartbeats come by two loops: both may bring the same call, and two actors of one call would speak at once.
        lock (taking)
        {
            return Take(message, cancellationToken);
        }
    }

    (Call Call, CallInbox Inbox)? Take(ToWorker message, CancellationToken cancellationToken)
    {
        var known = calls.TryGetValue(message.CallId, out var owned);
        if (known && owned.Call.Epoch == message.Epoch && !owned.Call.IsOver)
        {
            return owned;
        }

        if (message.Input is not ClientAttached || (known && owned.Call.Epoch > message.Epoch))
        {
            return null;
        }

        var taken = (Call: new Call(message.CallId, message.Epoch, services, loggers.CreateLogger<Call>()), Inbox: new CallInbox());
        calls[message.CallId] = taken;
        if (known)
        {
            owned.Call.Retire();
        }

        _ = RunToItsEnd(message.CallId, taken, cancellationToken);
        return taken;
    }

    async Task RunToItsEnd(string callId, (Call Call, CallInbox Inbox) owned, CancellationToken cancellationToken)
    {
        try
        {
            var late = await owned.Call.Run(cancellationToken);
            calls.TryRemove(KeyValuePair.Create(callId, owned));
            foreach (var input in late.OfType<ClientAttached>())
            {
                Give(new ToWorker(callId, owned.Call.Epoch, input.ConnectionId, Seq: 0, input), cancellationToken);
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
#pragma warning disable CA1031 // One call's defect must not end the others; the next heartbeat of its gateway takes it from the store again.
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
