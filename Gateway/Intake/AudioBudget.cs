using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>How much audio one connection may send, and whether it has a stream open. Disposing closes the stream.</summary>
public sealed class AudioBudget(RateLimitOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What an empty frame costs: a flood of them is a flood.</summary>
    static readonly TimeSpan LeastCost = TimeSpan.FromMilliseconds(20);

    readonly TokenBucket milliseconds = new(options.AudioBurst * 1000, options.AudioPerSecond * 1000);
    readonly long origin = time.GetTimestamp();
    int open;

    /// <summary>Opens the one stream.</summary>
    /// <returns>False where one is open.</returns>
    public bool TryOpen() => Interlocked.Exchange(ref open, 1) == 0;

    /// <summary>Spends what a frame costs.</summary>
    /// <exception cref="HubException">The budget is spent: the client sends faster than anyone speaks.</exception>
    public void Spend(AudioFrame frame)
    {
        var duration = frame.Duration();
        var cost = duration > LeastCost ? duration : LeastCost;
        if (!milliseconds.TrySpend(time.GetElapsedTime(origin), cost.TotalMilliseconds))
        {
            GatewayTelemetry.Refuse("tooMuchAudio");
            var message = $"Too much audio: {options.AudioPerSecond} seconds of it are taken each second in the long run. "
                + "Send it more slowly, in a new stream.";
            throw new HubException(new Refusal(message, MayRetry: true).ToString());
        }

        GatewayTelemetry.Receive(duration);
    }

    public void Dispose() => Volatile.Write(ref open, 0);
}
