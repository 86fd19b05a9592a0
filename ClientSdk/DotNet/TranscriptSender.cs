using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Words on their way to the gateway: level 1 judges turn ends, finals are kept until acknowledged and sent again after a reconnect.
/// Every member is called under the client's lock.
/// </summary>
sealed class TranscriptSender : IDisposable
{
    /// <summary>A connection may invoke 40 times at once and 25 times a second; half of that leaves room for the rest.</summary>
    const int ResendBurst = 20;

    static readonly TimeSpan ResendEvery = TimeSpan.FromSeconds(1);

    readonly CallLink link;
    readonly CallClientOptions options;
    readonly Lock gate;
    readonly Action<TranscriptSegment> sent;
    readonly Outbox outbox = new();
    readonly ITimer turnTimer;
    readonly ITimer resendTimer;
    readonly HashSet<TranscriptSegment> resent = new(ReferenceEqualityComparer.Instance);
    readonly RefusedFinals refused;
    TurnDebounce debounce;
    long dropped;
    bool resending;

    public TranscriptSender(CallLink link, CallClientOptions options, Lock gate, Action<TranscriptSegment> sent)
    {
        (this.link, this.options, this.gate, this.sent) = (link, options, gate, sent);
        debounce = new TurnDebounce(options.Language);
        turnTimer = NewTimer(() => SendAll(debounce.Elapse(Now)));
        resendTimer = NewTimer(ResendSome);
        refused = new RefusedFinals(options, gate, outbox, Deliver);
    }

    public int Waiting => outbox.Count;

    public long Dropped => dropped + outbox.Lost;

    long Now => options.Time.GetTimestamp() * 1000 / options.Time.TimestampFrequency;

    public void Hear(TranscriptSegment segment) => SendAll(debounce.Hear(segment, Now));

    public void Drop() => dropped++;

    /// <summary>Ends the turns that are open.</summary>
    public void Flush() => SendAll(debounce.Flush(Now));

    /// <summary>Forgets what was begun: it goes off the record.</summary>
    public void Forget()
    {
        debounce = new TurnDebounce(options.Language);
        Arm(turnTimer, null);
    }

    /// <summary>The connection is back: finals go again, in their order and within the rate limit; what is said meanwhile queues behind.</summary>
    public void Resend()
    {
        resent.Clear();
        ResendSome();
    }

    /// <summary>The connection is gone: finals wait.</summary>
    public void Hold()
    {
        resending = false;
        Arm(resendTimer, null);
        refused.Clear();
    }

    public void Dispose()
    {
        turnTimer.Dispose();
        resendTimer.Dispose();
        refused.Dispose();
    }

    void ResendSome()
    {
        var due = outbox.Waiting.Where(segment => !resent.Contains(segment)).Take(ResendBurst + 1).ToList();
        resending = due.Count > ResendBurst;
        foreach (var segment in due.Take(ResendBurst))
        {
            resent.Add(segment);
            Deliver(segment);
        }

        Arm(resendTimer, resending ? ResendEvery : null);
    }

    void SendAll(IReadOnlyList<TranscriptSegment> segments)
    {
        foreach (var segment in segments)
        {
            Send(segment);
        }

        Arm(turnTimer, debounce.Due is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, due - Now)) : null);
    }

    void Send(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            outbox.Add(segment);
        }

        if (link.IsOpen && !(segment.Final && resending))
        {
            Deliver(segment);
        }
        else if (!segment.Final)
        {
            dropped++;
        }
    }

    void Deliver(TranscriptSegment segment)
    {
        sent(segment);
        _ = Invoke(segment);
    }

    async Task Invoke(TranscriptSegment segment)
    {
        try
        {
            await link.Invoke(nameof(ICallHub.SendTranscript), segment);
            lock (gate)
            {
                refused.Accepted();
            }
        }
        catch (CallDisconnectedException)
        {
            return;
        }
        catch (CallRefusedException error)
        {
            options.Trouble?.Invoke(error.Message);
            if (error.MayRetry && segment.Final)
            {
                lock (gate)
                {
                    refused.Add(segment);
                }

                return;
            }
        }

        lock (gate)
        {
            outbox.Settle(segment);
        }
    }

    ITimer NewTimer(Action elapsed) => options.Time.CreateTimer(
        _ =>
        {
            lock (gate)
            {
                elapsed();
            }
        },
        null,
        Timeout.InfiniteTimeSpan,
        Timeout.InfiniteTimeSpan);

    static void Arm(ITimer timer, TimeSpan? after) => timer.Change(after ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
