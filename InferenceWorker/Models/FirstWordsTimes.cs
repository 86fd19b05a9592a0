namespace Teleprompter.InferenceWorker.Models;

/// <summary>How long the first words of one model took lately. Thread-safe.</summary>
/// <param name="time">The clock by which old times are forgotten.</param>
sealed class FirstWordsTimes(TimeProvider time)
{
    /// <summary>Older times say nothing of the model as it is now.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    const int Most = 200;

    readonly Lock sync = new();
    readonly Queue<(long At, TimeSpan Took)> times = new();

    /// <summary>Adds a time, or for a request that was given up without a word, how long it had waited.</summary>
    public void Add(TimeSpan took)
    {
        lock (sync)
        {
            times.Enqueue((time.GetTimestamp(), took));
            if (times.Count > Most)
            {
                times.Dequeue();
            }
        }
    }

    /// <summary>The time that a part of the requests did not exceed.</summary>
    /// <param name="part">The part, 0 to 1.</param>
    /// <param name="fewest">The fewest times to judge by.</param>
    /// <param name="since">A timestamp of the same clock; older times are left out.</param>
    /// <param name="newest">The most times to judge by, the newest.</param>
    /// <returns>The time; null where there are too few.</returns>
    public TimeSpan? Percentile(double part, int fewest, long since = long.MinValue, int newest = Most)
    {
        Span<TimeSpan> sorted = stackalloc TimeSpan[Most];
        var count = 0;
        lock (sync)
        {
            while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Window)
            {
                times.Dequeue();
            }

            foreach (var (at, took) in times)
            {
                if (at >= since)
                {
                    sorted[count++] = took;
                }
            }
        }

        sorted = sorted[Math.Max(0, count - newest)..count];
        if (sorted.Length < fewest)
        {
            return null;
        }

        sorted.Sort();
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
