using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Finals of the outbox that must go, in bursts within the rate limit: those that have not left over this connection yet, and those that
/// the gateway could not take just then. Nothing goes while the call is off the record at the gateway, which would refuse it. Every member
/// is called under the client's lock.
/// </summary>
sealed class ResendQueue : IDisposable
{
    /// <summary>A connection may invoke 40 times at once and 25 times a second; half of that leaves room for the rest.</summary>
    const int Burst = 20;

    static readonly TimeSpan BurstEvery = TimeSpan.FromSeconds(1);

    readonly HashSet<TranscriptSegment> unsent = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TranscriptSegment> refused = new(ReferenceEqualityComparer.Instance);
    readonly CallClientOptions options;
    readonly Outbox outbox;
    readonly Action<TranscriptSegment> deliver;
    readonly ITimer timer;
    TaskCompletionSource? leaving;
    bool withheld;
    bool planned;
    int retries;

    public ResendQueue(CallClientOptions options, Lock gate, Outbox outbox, Action<TranscriptSegment> deliver)
    {
        (this.options, this.outbox, this.deliver) = (options, outbox, deliver);
        timer = options.Time.CreateTimer(gate, SendSome);
    }

    /// <summary>When every final that waited for the connection has left once; completed where none waits, or none may go.</summary>
    public Task Left => leaving?.Task ?? Task.CompletedTask;

    /// <summary>A connection is open.</summary>
    /// <param name="offTheRecord">The gateway has the call off the record.</param>
    public void Open(bool offTheRecord)
    {
        unsent.UnionWith(outbox.Waiting);
        withheld = offTheRecord;
        SendSome();
    }

    /// <summary>The gateway has been told whether the call is off the record.</summary>
    public void SetOffTheRecord(bool off)
    {
        if (withheld && !off)
        {
            withheld = false;
            SendSome();
        }

        withheld = off;
    }

    /// <summary>Queues a new final behind those that have not left yet; it may go at once where there are none.</summary>
    public bool TryQueue(TranscriptSegment segment) => unsent.Count > 0 && unsent.Add(segment);

    /// <summary>
    /// The gateway could not take a final just then. What is said meanwhile does not wait for it, since it may be answered live.
    /// </summary>
    public void Refuse(TranscriptSegment segment)
    {
        refused.Add(segment);
        if (!planned)
        {
            Plan(RetryDelay.Before(++retries, options.Random()));
        }
    }

    /// <summary>The gateway takes finals: the waits begin anew.</summary>
    public void Accept() => retries = 0;

    /// <summary>The connection is gone: everything goes by way of the next one.</summary>
    public void Close()
    {
        unsent.Clear();
        refused.Clear();
        retries = 0;
        Plan(null);
        SetLeaving();
    }

    public void Dispose() => timer.Dispose();

    void SendSome()
    {
        Plan(null);
        if (!withheld)
        {
            foreach (var segment in outbox.Waiting.Where(IsDue).Take(Burst).ToList())
            {
                unsent.Remove(segment);
                refused.Remove(segment);
                deliver(segment);
            }

            unsent.IntersectWith(outbox.Waiting);
            refused.IntersectWith(outbox.Waiting);
            if (unsent.Count + refused.Count > 0)
            {
                Plan(BurstEvery);
            }
        }

        SetLeaving();
    }

    bool IsDue(TranscriptSegment segment) => unsent.Contains(segment) || refused.Contains(segment);

    void Plan(TimeSpan? after)
    {
        planned = after is not null;
        timer.Change(after ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    void SetLeaving()
    {
        if (unsent.Count > 0 && !withheld)
        {
            leaving ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return;
        }

        leaving?.SetResult();
        leaving = null;
    }
}
