using Microsoft.AspNetCore.SignalR.Protocol;
using Teleprompter.Gateway.Intake;

namespace Teleprompter.Gateway.Hub;

/// <summary>
/// How fast one connection is read. Every message costs its share of what a connection may use; a client that sends more is read more
/// slowly, so that it waits itself and nobody else does. The other limits refuse; this one bounds what refusing costs.
/// </summary>
/// <param name="limits">A connection is read as fast as they let it send, and no faster.</param>
public sealed class ReadingPace(RateLimitOptions limits, TimeProvider time)
{
    /// <summary>Frames of audio are the cheapest message, and the unit of cost: 30 ms each.</summary>
    const double FramesPerSecond = 1000 / 30.0;

    const double InvocationCost = 10;

    /// <summary>What is not understood is answered with an exception's message.</summary>
    const double FailureCost = 40;

    const double BytesPerUnit = 4096;

    readonly double burst = (limits.AudioBurst * FramesPerSecond) + (limits.MessageBurst * InvocationCost);
    readonly double perSecond = (limits.AudioPerSecond * FramesPerSecond) + (limits.MessagesPerSecond * InvocationCost);
    double left = (limits.AudioBurst * FramesPerSecond) + (limits.MessageBurst * InvocationCost);
    long last = time.GetTimestamp();

    /// <summary>The pace of the connection whose messages the caller handles; null outside of one.</summary>
    public static AsyncLocal<ReadingPace?> Current { get; } = new();

    /// <summary>How long the connection is not to be read.</summary>
    public TimeSpan Wait
    {
        get
        {
            var now = time.GetTimestamp();
            left = Math.Min(burst, left + (time.GetElapsedTime(last, now).TotalSeconds * perSecond));
            last = now;
            return left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-left / perSecond);
        }
    }

    /// <summary>A read costs as much as a frame: bytes may come one by one.</summary>
    public void SpendRead() => left--;

    /// <summary>Spends what a message costs.</summary>
    /// <param name="message">Null for one of an unknown type.</param>
    /// <param name="bytes">Its length as it came.</param>
    public void Spend(HubMessage? message, long bytes) => left -= (bytes / BytesPerUnit) + message switch
    {
        StreamItemMessage or PingMessage or AckMessage => 1,
        // Frames that were on their way when their stream was refused, as a rule.
        StreamBindingFailureMessage => 2,
        null or InvocationBindingFailureMessage => FailureCost,
        _ => InvocationCost,
    };
}
