using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// The inputs of one call, in the order in which they came. A full mailbox refuses the newest input, which is counted and logged; its
/// reader waits for nothing slower than the processor, so that means that the machine is overwhelmed. Anybody may post; one reader reads.
/// </summary>
public sealed partial class CallMailbox(string callId, ILogger logger)
{
    const int Capacity = 1024;

    // Audio is refused first: words that were kept can be read again, but a pause that was refused would never count.
    const int AudioCapacity = Capacity / 2;

    readonly Channel<CallInput> inputs = Channel.CreateBounded<CallInput>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    readonly LinkedList<CallInput> deferred = [];
    volatile bool retired;
    volatile bool closed;

    /// <summary>Another worker owns the call now: nothing may be sent for it any more.</summary>
    public bool Retired => retired;

    /// <summary>Nothing is read any more, or will be soon.</summary>
    public bool Closed => closed || retired;

    /// <summary>Posts an input.</summary>
    /// <returns>False when the call has ended here. A refusal by a full mailbox is counted and logged, not returned.</returns>
    public bool TryPost(CallInput input)
    {
        if (input is AudioHeard && inputs.Reader.Count >= AudioCapacity)
        {
            TranscriptionTelemetry.DropFrame("mailboxFull");
        }
        else if (!inputs.Writer.TryWrite(input) && !Closed)
        {
            WorkerTelemetry.DropInput("mailboxFull");
            LogMailboxFull(callId);
        }

        return !Closed;
    }

    /// <summary>Stops the reader: another worker owns the call now.</summary>
    public void Retire()
    {
        retired = true;
        inputs.Writer.TryComplete();
    }

    /// <summary>Refuses inputs from now on: the reader has stopped.</summary>
    public void Close()
    {
        closed = true;
        inputs.Writer.TryComplete();
    }

    /// <summary>Waits for an input.</summary>
    /// <returns>False when none comes any more.</returns>
    public ValueTask<bool> WaitToRead(CancellationToken cancellationToken) =>
        deferred.Count > 0 ? ValueTask.FromResult(true) : inputs.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Reads the next input, if there is one.</summary>
    public bool TryRead([NotNullWhen(true)] out CallInput? input)
    {
        input = deferred.First?.Value;
        if (input is null)
        {
            return inputs.Reader.TryRead(out input);
        }

        deferred.RemoveFirst();
        return true;
    }

    /// <summary>Puts an input back: it is read next.</summary>
    public void PutBack(CallInput input) => deferred.AddFirst(input);

    /// <summary>
    /// Waits until the call may be read from the store again. What comes meanwhile is read after that, except what the new reading answers
    /// itself.
    /// </summary>
    /// <returns>False when the call was retired.</returns>
    public async Task<bool> WaitForRecheck(CancellationToken cancellationToken)
    {
        while (!retired && await inputs.Reader.WaitToReadAsync(cancellationToken))
        {
            while (!retired && inputs.Reader.TryRead(out var input))
            {
                switch (input)
                {
                    case RecheckWanted:
                        return true;
                    case LeaseLost or StoreLost:
                        break;
                    case var _ when deferred.Count < (input is AudioHeard ? AudioCapacity : Capacity):
                        deferred.AddLast(input);
                        break;
                    default:
                        WorkerTelemetry.DropInput("silent");
                        break;
                }
            }
        }

        return false;
    }

    [LoggerMessage(LogLevel.Error, "Call {CallId}: the mailbox is full; an input was refused")]
    partial void LogMailboxFull(string callId);
}
