using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>How much audio one connection may send, and whether it has a stream open.</summary>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
public sealed class AudioBudget(GatewayOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What a frame costs at least: a flood of empty ones is a flood.</summary>
    static readonly TimeSpan LeastCost = TimeSpan.FromMilliseconds(20);

    readonly TokenBucket milliseconds = new(options.AudioBurst * 1000, options.AudioPerSecond * 1000);
    readonly long origin = time.GetTimestamp();
    int open;

    /// <summary>Opens the one stream.</summary>
    /// <returns>False where one is open.</returns>
    public bool TryOpen() => Interlocked.Exchange(ref open, 1) == 0;

    /// <summary>Takes what a frame costs.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="HubException">The budget is spent: the client sends faster than anyone speaks.</exception>
    public void Spend(AudioFrame frame)
    {
        var duration = frame.Duration();
        var cost = duration > LeastCost ? duration : LeastCost;
        if (!milliseconds.TryTake(time.GetElapsedTime(origin), cost.TotalMilliseconds))
        {
            GatewayTelemetry.Refuse("tooMuchAudio");
            throw new HubException(new Refusal(
                $"Too much audio: {options.AudioPerSecond} seconds of it are taken each second in the long run. Send it more slowly, in a new stream.", MayRetry: true).ToString());
        }

        GatewayTelemetry.Receive(duration);
    }

    /// <summary>The stream has ended.</summary>
    public void Dispose() => Volatile.Write(ref open, 0);
}
