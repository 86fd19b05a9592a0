namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Spaces the reads of an answer that is being written: what came within a window is read at once. To wake for every token would cost more
/// than everything else that is done with it, and nobody reads as fast.
/// </summary>
/// <param name="time">The clock.</param>
sealed class ReadPace(TimeProvider time)
{
    /// <summary>From one read to the next, 100 ms: ten steps a second, where a reader takes in four words.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    // The reads of all answers fall on the same moments: one timer wakes a thread for all of them.
    static readonly TimeSpan Grid = TimeSpan.FromMilliseconds(50);

    // A server that writes more in a window is not held up.
    const int Much = 2048;

    long readAt;
    int bytes;

    /// <summary>Whether reads wait. First words and the end of an answer do not.</summary>
    public bool On { get; set; }

    /// <summary>Waits until a window has passed since the last read, or up to 50 ms less.</summary>
    public Task Wait(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        var left = Window - time.GetElapsedTime(readAt, now);
        left -= TimeSpan.FromTicks((time.GetElapsedTime(0, now) + left).Ticks % Grid.Ticks);
        return On && bytes < Much && left > TimeSpan.Zero ? Task.Delay(left, time, cancellation) : Task.CompletedTask;
    }

    /// <summary>Bytes were read.</summary>
    public void Count(int read) => (readAt, bytes) = (time.GetTimestamp(), read);
}
