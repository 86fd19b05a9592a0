namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Whether the transcriber answers. After three failures in a row it rests: requests fail at once, except one every two seconds that tries
/// whether it is back.
/// </summary>
/// <param name="time">The clock; only its monotonic part counts.</param>
public sealed class TranscriberHealth(TimeProvider time)
{
    /// <summary>Failures in a row after which it rests.</summary>
    public const int Failures = 3;

    /// <summary>The time between two tries while it rests.</summary>
    public static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(2);

    readonly Lock sync = new();
    int failures;
    long triedAt;

    /// <summary>Whether it rests.</summary>
    public bool Resting
    {
        get
        {
            lock (sync)
            {
                return failures >= Failures;
            }
        }
    }

    /// <summary>Whether to ask it now; while it rests, a yes is a try.</summary>
    public bool MayAsk()
    {
        lock (sync)
        {
            if (failures < Failures)
            {
                return true;
            }

            if (time.GetElapsedTime(triedAt) < TryEvery)
            {
                return false;
            }

            triedAt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Notes an answer.</summary>
    /// <returns>Whether that changed <see cref="Resting"/>.</returns>
    public bool Answer()
    {
        lock (sync)
        {
            var rested = failures >= Failures;
            failures = 0;
            return rested;
        }
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="atOnce">It rests from now on, however few failures there were.</param>
    /// <returns>Whether that changed <see cref="Resting"/>.</returns>
    public bool Fail(bool atOnce = false)
    {
        lock (sync)
        {
            var rested = failures >= Failures;
            failures = atOnce ? Failures : failures + 1;
            triedAt = rested ? triedAt : time.GetTimestamp();
            return !rested && failures >= Failures;
        }
    }
}
