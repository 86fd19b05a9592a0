using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker;

/// <summary>
/// One call's actor: one mailbox, one reader loop, one timer. Everything that happens to the call goes through the mailbox, so its pipeline
/// needs no locks. A full mailbox refuses the newest input, which is counted and logged; the loop does not wait for anything slower than the processor,
/// so that means the machine is overwhelmed.
/// </summary>
/// <param name="callId">The call.</param>
/// <param name="epoch">The ownership this worker acts under.</param>
/// <param name="services">What all calls of a worker share.</param>
/// <param name="logger">Logs without customer words.</param>
public sealed partial class Call(string callId, long epoch, CallServices services, ILogger<Call> logger) : ICallOutput
{
    const int MailboxCapacity = 1024;

    readonly Channel<CallInput> mailbox = Channel.CreateBounded<CallInput>(new BoundedChannelOptions(MailboxCapacity) { SingleReader = true });
    readonly BusChannel<FromWorker> outbound = BusChannels.Call(callId);
    long seq;
    volatile bool fenced;
    volatile bool over;

    /// <summary>The ownership this worker acts under.</summary>
    public long Epoch => epoch;

    /// <summary>The loop has ended; a client that comes back needs a new one.</summary>
    public bool IsOver => over;

    /// <summary>Puts an input into the mailbox.</summary>
    /// <param name="input">What happened.</param>
    /// <returns>False when the call is over here; a refusal by a full mailbox is counted and logged, not told.</returns>
    public bool TryPost(CallInput input)
    {
        if (!mailbox.Writer.TryWrite(input) && !over)
        {
            WorkerTelemetry.DropInput("mailboxFull");
            LogMailboxFull(callId);
        }

        return !over;
    }

    /// <summary>Ends the loop without a word: a newer ownership has taken the call.</summary>
    public void Retire()
    {
        fenced = true;
        mailbox.Writer.TryComplete();
    }

    /// <summary>Rebuilds the call from the store and handles its inputs until it is over or taken away.</summary>
    /// <param name="cancellationToken">Takes it away: the worker stops.</param>
    /// <returns>What came in too late for this loop.</returns>
    public async Task<IReadOnlyList<CallInput>> Run(CancellationToken cancellationToken)
    {
        try
        {
            await HandleInputs(cancellationToken);
        }
        finally
        {
            over = true;
            mailbox.Writer.TryComplete();
        }

        var late = new List<CallInput>();
        while (mailbox.Reader.TryRead(out var input))
        {
            late.Add(input);
        }

        return late;
    }

    async Task HandleInputs(CancellationToken cancellationToken)
    {
        if (await services.Store.Read(callId, cancellationToken) is not { } stored)
        {
            LogUnknown(callId);
            return;
        }

        var clock = new CallClock(services.Time, stored.Record.StartedAt);
        var pipeline = new CallPipeline(stored, services.Stages, clock, this, new CallModel(callId, services.Model, services.Time, TryPost));
        await using var alarm = services.Time.CreateTimer(_ => TryPost(new DeadlinePassed()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await foreach (var input in mailbox.Reader.ReadAllAsync(cancellationToken))
        {
            Handle(pipeline, input);
            if (pipeline.Over || fenced)
            {
                return;
            }

            alarm.Change(pipeline.Due is { } due ? Later(due - clock.Now) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Emit(CallEvent callEvent, string? connectionId = null)
    {
        if (!fenced)
        {
            _ = services.Bus.Publish(outbound, new FromWorker(epoch, ++seq, callEvent, connectionId));
        }
    }

    /// <inheritdoc/>
    public void Keep(CallInput entry) => _ = KeepAsync(entry);

    static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    void Handle(CallPipeline pipeline, CallInput input)
    {
        try
        {
            pipeline.Handle(input);
        }
#pragma warning disable CA1031 // One bad input must not end the call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            WorkerTelemetry.DropInput("handlerFailed");
            LogHandlerFailed(callId, input.GetType().Name, error.GetType().Name);
        }
    }

    async Task KeepAsync(CallInput entry)
    {
        try
        {
            var result = await services.Store.Append(callId, epoch, entry, CancellationToken.None);
            if (result != AppendResult.Kept)
            {
                WorkerTelemetry.NotKept.Add(1, new KeyValuePair<string, object?>("reason", result));
            }

            fenced |= result == AppendResult.Fenced;
            TryPost(new StorageChanged(result == AppendResult.Full ? StorageState.Full : StorageState.Ready));
        }
        catch (CallStoreUnavailableException)
        {
            WorkerTelemetry.NotKept.Add(1, new KeyValuePair<string, object?>("reason", "unavailable"));
            TryPost(new StorageChanged(StorageState.Unavailable));
        }
    }

    [LoggerMessage(LogLevel.Error, "Call {CallId}: the mailbox is full; an input was refused")]
    partial void LogMailboxFull(string callId);

    [LoggerMessage(LogLevel.Warning, "Call {CallId} is not in the store; nothing to work on")]
    partial void LogUnknown(string callId);

    [LoggerMessage(LogLevel.Error, "Call {CallId}: handling {Input} failed with {Error}; the call goes on")]
    partial void LogHandlerFailed(string callId, string input, string error);
}
