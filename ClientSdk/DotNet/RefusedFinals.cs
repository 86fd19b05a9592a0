using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Finals that the gateway could not take just then: they go again after growing waits. What is said meanwhile does not wait for them, since it may be
/// answered live. Every member is called under the client's lock.
/// </summary>
sealed class RefusedFinals : IDisposable
{
    /// <summary>Finals that go at once; a connection may invoke 40 times at once, and half of that leaves room for the rest.</summary>
    const int Burst = 20;

    static readonly TimeSpan BurstEvery = TimeSpan.FromSeconds(1);

    readonly HashSet<TranscriptSegment> refused = new(ReferenceEqualityComparer.Instance);
    readonly CallClientOptions options;
    readonly Outbox outbox;
    readonly Action<TranscriptSegment> deliver;
    readonly ITimer timer;
    bool planned;
    int retries;

    public RefusedFinals(CallClientOptions options, Lock gate, Outbox outbox, Action<TranscriptSegment> deliver)
    {
        (this.options, this.outbox, this.deliver) = (options, outbox, deliver);
        timer = options.Time.CreateTimer(
            _ =>
            {
                lock (gate)
                {
                    Retry();
                }
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>A final was refused. A newer form of it may have taken its place in the outbox: then it has gone already.</summary>
    public void Add(TranscriptSegment segment)
    {
        if (outbox.Waiting.Any(waiting => ReferenceEquals(waiting, segment)))
        {
            refused.Add(segment);
            if (!planned)
            {
                Plan(RetryDelay.Before(++retries, options.Random()));
            }
        }
    }

    /// <summary>The gateway takes finals: the waits begin anew.</summary>
    public void Accepted() => retries = 0;

    /// <summary>The connection is gone: finals go again by way of the next one.</summary>
    public void Clear()
    {
        refused.Clear();
        (planned, retries) = (false, 0);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    void Retry()
    {
        planned = false;
        foreach (var segment in outbox.Waiting.Where(refused.Contains).Take(Burst).ToList())
        {
            refused.Remove(segment);
            deliver(segment);
        }

        // Those that left the outbox meanwhile are nobody's any more.
        refused.IntersectWith(outbox.Waiting);
        if (refused.Count > 0)
        {
            Plan(BurstEvery);
        }
    }

    void Plan(TimeSpan after)
    {
        planned = true;
        timer.Change(after, Timeout.InfiniteTimeSpan);
    }
}
