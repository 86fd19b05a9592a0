using System.Collections.Concurrent;
using System.Diagnostics;

namespace Teleprompter.Tests.Load;

/// <summary>The turns of one measurement: when each was meant to be sent, and how long its answer took from then on.</summary>
sealed class Turns
{
    readonly ConcurrentDictionary<long, long> waiting = [];
    readonly ConcurrentDictionary<long, double> answers = [];
    long sent;

    public LatencyHistogram Latency { get; } = new();

    public long Sent => Interlocked.Read(ref sent);

    /// <summary>How long each turn's answer took, in milliseconds.</summary>
    public IReadOnlyDictionary<long, double> Answers => answers;

    /// <summary>Turns that nothing answered.</summary>
    public int Unanswered => waiting.Count;

    public void Send(long turn, long intendedAt)
    {
        waiting[turn] = intendedAt;
        Interlocked.Increment(ref sent);
    }

    /// <summary>An answer came; only the first to a turn counts, and none to a turn of another measurement.</summary>
    public void Answer(long turn, long readAt)
    {
        if (waiting.TryRemove(turn, out var intendedAt))
        {
            var latency = Stopwatch.GetElapsedTime(intendedAt, readAt);
            Latency.Record(latency);
            answers[turn] = latency.TotalMilliseconds;
        }
    }
}
