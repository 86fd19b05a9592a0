namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>How far the words are behind one speaker's voice. A late answer counts for five seconds.</summary>
public sealed class TranscriptionLag
{
    const double StepMs = 500;

    // A shorter time is the usual one of a transcriber.
    const double BehindMs = 1000;

    static readonly TimeSpan LateFor = TimeSpan.FromSeconds(5);

    TimeSpan? answeredAt;

    /// <summary>How long the last answer took.</summary>
    public TimeSpan Last { get; private set; }

    /// <summary>Notes an answer.</summary>
    /// <param name="wantedAt">Since when it was wanted, on the call's clock.</param>
    /// <param name="now">The call's clock.</param>
    public void Answer(TimeSpan wantedAt, TimeSpan now) => (Last, answeredAt) = (now - wantedAt, now);

    /// <summary>The lag.</summary>
    /// <param name="wantedSince">Since when words are wanted that have not come; null when none are.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>Milliseconds in steps of 500; 0 below a second.</returns>
    public long Milliseconds(TimeSpan? wantedSince, TimeSpan now)
    {
        var late = wantedSince is { } since ? now - since : TimeSpan.Zero;
        var lag = (now - answeredAt < LateFor && Last > late ? Last : late).TotalMilliseconds;
        return lag < BehindMs ? 0 : (long)(Math.Floor(lag / StepMs) * StepMs);
    }

    /// <summary>When <see cref="Milliseconds"/> changes next, on the call's clock; null while it does not.</summary>
    /// <param name="wantedSince">Since when words are wanted that have not come; null when none are.</param>
    /// <param name="now">The call's clock.</param>
    public TimeSpan? Due(TimeSpan? wantedSince, TimeSpan now)
    {
        if (wantedSince is { } since)
        {
            var late = (now - since).TotalMilliseconds;
            return since + TimeSpan.FromMilliseconds(late < BehindMs ? BehindMs : (Math.Floor(late / StepMs) + 1) * StepMs);
        }

        var until = answeredAt + LateFor;
        return until > now && Milliseconds(null, now) > 0 ? until : null;
    }
}
