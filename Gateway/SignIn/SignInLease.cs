using Microsoft.AspNetCore.SignalR;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.SignIn;

/// <summary>Closes a connection when its sign-in has expired and was not renewed.</summary>
sealed class SignInLease : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    readonly TimeProvider time;
    readonly ITimer timer;

    public SignInLease(HubCallerContext connection, DateTimeOffset expiresAt, TimeProvider time)
    {
        this.time = time;
        timer = time.CreateTimer(Expire, connection, Remaining(expiresAt), Timeout.InfiniteTimeSpan);
    }

    public void Renew(DateTimeOffset expiresAt) => timer.Change(Remaining(expiresAt), Timeout.InfiniteTimeSpan);

    public void Dispose() => timer.Dispose();

    TimeSpan Remaining(DateTimeOffset expiresAt) =>
        TimeSpan.FromTicks(Math.Clamp((expiresAt - time.GetUtcNow()).Ticks, 0, Longest.Ticks));

    static void Expire(object? connection)
    {
        GatewayTelemetry.Drop("signInExpired");
        ((HubCallerContext)connection!).Abort();
    }
}
