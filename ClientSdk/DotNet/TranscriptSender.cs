using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Words on their way to the gateway: level 1 judges turn ends, finals are kept until acknowledged and sent again after a reconnect or a
/// refusal that will pass. Every member is called under the client's lock.
/// </summary>
sealed class TranscriptSender : IDisposable
{
    readonly CallLink link;
    readonly CallClientOptions options;
    readonly Lock gate;
    readonly Action<TranscriptSegment> finalSent;
    readonly Outbox outbox = new();
    readonly ITimer turnTimer;
    TurnDebounce debounce;
    long dropped;

    public TranscriptSender(CallLink link, CallClientOptions options, Lock gate, Action<TranscriptSegment> finalSent)
    {
        (this.link, this.options, this.gate, this.finalSent) = (link, options, gate, finalSent);
        debounce = new TurnDebounce(options.Language);
        turnTimer = options.Time.CreateTimer(gate, () => SendAll(debounce.Elapse(Now)));
        Queue = new ResendQueue(options, gate, outbox, Deliver);
    }

    /// <summary>The finals that must go again.</summary>
    public ResendQueue Queue { get; }

    public int Waiting => outbox.Count;

    public long Dropped => dropped + outbox.Lost;

    long Now => options.Time.GetTimestamp() * 1000 / options.Time.TimestampFrequency;

    /// <summary>The language by which turns are judged from now on.</summary>
    public void Judge(string language) => debounce.Language = language;

    public void Hear(TranscriptSegment segment) => SendAll(debounce.Hear(segment, Now));

    /// <summary>Counts a segment that must not be sent.</summary>
    public void Drop() => dropped++;

    /// <summary>Ends the turns that are open.</summary>
    public void Flush() => SendAll(debounce.Flush(Now));

    /// <summary>Forgets what was begun: it goes off the record.</summary>
    public void Forget()
    {
        debounce = new TurnDebounce(debounce.Language);
        turnTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        turnTimer.Dispose();
        Queue.Dispose();
    }

    void SendAll(IReadOnlyList<TranscriptSegment> segments)
    {
        foreach (var segment in segments)
        {
            Send(segment);
        }

        var wait = debounce.Due is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, due - Now)) : Timeout.InfiniteTimeSpan;
        turnTimer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    void Send(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            outbox.Add(segment);
        }

        if (!link.IsOpen)
        {
            dropped += segment.Final ? 0 : 1;
        }
        else if (!segment.Final || !Queue.TryQueue(segment))
        {
            Deliver(segment);
        }
    }

    void Deliver(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            finalSent(segment);
        }

        _ = Invoke(segment);
    }

    async Task Invoke(TranscriptSegment segment)
    {
        try
        {
            await link.Invoke(nameof(ICallHub.SendTranscript), segment);
            Settle(segment, refusal: null);
        }
        catch (CallDisconnectedException)
        {
            // A final is sent again over the next connection.
        }
        catch (CallRefusedException error)
        {
            Settle(segment, error);
            options.Trouble?.Invoke(error.Message);
        }
    }

    void Settle(TranscriptSegment segment, CallRefusedException? refusal)
    {
        lock (gate)
        {
            if (refusal is null)
            {
                Queue.Accept();
            }

            if (refusal is not { MayRetry: true })
            {
                outbox.Settle(segment);
            }
            else if (outbox.Holds(segment))
            {
                Queue.Refuse(segment);
            }
        }
    }
}
