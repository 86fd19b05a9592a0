using System.Numerics;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Counts latencies in log-linear buckets, as an HDR histogram does: 128 to each power of two, so a percentile is at most 0.8 % too high.
/// Safe to record into from any thread.
/// </summary>
sealed class LatencyHistogram
{
    const int SubBucketBits = 7;

    readonly long[] counts = new long[(64 - SubBucketBits) << SubBucketBits];
    long count;
    long maximum;

    public long Count => Interlocked.Read(ref count);

    public double MaximumMs => Interlocked.Read(ref maximum) / 1e6;

    public void Record(TimeSpan latency)
    {
        var nanoseconds = Math.Max(0, (long)latency.TotalNanoseconds);
        Interlocked.Increment(ref counts[BucketOf(nanoseconds)]);
        Interlocked.Increment(ref count);
        for (var seen = Interlocked.Read(ref maximum); nanoseconds > seen; seen = Interlocked.Read(ref maximum))
        {
            Interlocked.CompareExchange(ref maximum, nanoseconds, seen);
        }
    }

    /// <summary>The value that a share of all latencies does not pass.</summary>
    /// <param name="percentile">0 to 100.</param>
    /// <returns>Milliseconds; NaN when nothing was recorded.</returns>
    public double PercentileMs(double percentile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * percentile / 100));
        long below = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            below += counts[bucket];
            if (below >= rank)
            {
                return Math.Min(UpperBoundOf(bucket), Interlocked.Read(ref maximum)) / 1e6;
            }
        }

        return double.NaN;
    }

    static int BucketOf(long value)
    {
        var exponent = Math.Max(0, BitOperations.Log2((ulong)value) - SubBucketBits);
        return (exponent << SubBucketBits) + (int)(value >> exponent);
    }

    static long UpperBoundOf(int bucket)
    {
        var exponent = Math.Max(0, (bucket >> SubBucketBits) - 1);
        return ((bucket - ((long)exponent << SubBucketBits) + 1) << exponent) - 1;
    }
}
