using System.Numerics;
using System.Text.Json.Serialization;

namespace Teleprompter.Bus.Dashboard;

/// <summary>
/// Counts latencies so that histograms of several workers and of several moments can be put together: percentiles cannot be averaged,
/// counts can be added. Log-linear buckets, as an HDR histogram has them: 64 to each power of two, so a percentile lies within 0.8 % of the
/// raw one. Only buckets that were hit take room. Not thread-safe.
/// </summary>
[JsonConverter(typeof(LatencyHistogramConverter))]
public sealed class LatencyHistogram
{
    const int SubBucketBits = 6;
    const double UnitsPerMs = 100;

    // Nothing waits for an hour; a wrong clock must not add a bucket for every nonsense.
    const double LongestMs = 3_600_000;

    readonly SortedDictionary<int, long> counts = [];

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Buckets that were hit, by their number, in order, each with its count.</summary>
    public IEnumerable<KeyValuePair<int, long>> Buckets => counts;

    /// <summary>Records a latency.</summary>
    /// <param name="milliseconds">It; below zero counts as zero, beyond an hour as an hour.</param>
    public void Record(double milliseconds) => Add(BucketOf((long)(Math.Clamp(milliseconds, 0, LongestMs) * UnitsPerMs)), 1);

    /// <summary>Adds what another histogram counted.</summary>
    public void Add(LatencyHistogram other)
    {
        foreach (var (bucket, count) in other.counts)
        {
            Add(bucket, count);
        }
    }

    /// <summary>Adds to a bucket.</summary>
    public void Add(int bucket, long count)
    {
        counts[bucket] = counts.GetValueOrDefault(bucket) + count;
        Count += count;
    }

    /// <summary>The value that a share of all latencies does not pass, by nearest rank.</summary>
    /// <param name="percentile">0 to 100.</param>
    /// <returns>Milliseconds; NaN when nothing was recorded.</returns>
    public double PercentileMs(double percentile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * percentile / 100));
        var below = 0L;
        foreach (var (bucket, count) in counts)
        {
            below += count;
            if (below >= rank)
            {
                return MiddleOf(bucket) / UnitsPerMs;
            }
        }

        return double.NaN;
    }

    static int BucketOf(long value)
    {
        var exponent = Math.Max(0, BitOperations.Log2((ulong)value) - SubBucketBits);
        return (exponent << SubBucketBits) + (int)(value >> exponent);
    }

    static double MiddleOf(int bucket)
    {
        var exponent = Math.Max(0, (bucket >> SubBucketBits) - 1);
        var low = (bucket - ((long)exponent << SubBucketBits)) << exponent;
        return low + ((1L << exponent) / 2.0);
    }
}
