namespace Teleprompter.ClientSdk;

/// <summary>The client's copy of the call's clock, which the gateway sets.</summary>
sealed class CallClock(TimeProvider time)
{
    long? origin;

    /// <summary>Null until the gateway has told the time.</summary>
    public TimeSpan? Elapsed => origin is { } began ? time.GetElapsedTime(began) : null;

    public void Set(long elapsedMs) => origin = time.GetTimestamp() - (elapsedMs * time.TimestampFrequency / 1000);
}
