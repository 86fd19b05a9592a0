using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Calls;
using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Closes the connections before the gateway stops: after load balancers have had time to notice, each at a moment of its own, between two
/// suggestions where possible. Its client reconnects at once, to another gateway, and resumes its call.
/// </summary>
public sealed class GatewayDrain(LiveCalls calls, IOptions<DrainOptions> options, TimeProvider time) : IDrain
{
    static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan BoundaryWithin = TimeSpan.FromSeconds(3);

    public async Task Drain(CancellationToken cancellationToken)
    {
        await Task.Delay(options.Value.Notice, time, cancellationToken);
        var start = time.GetTimestamp();
        var moments = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        while (calls.Count > 0)
        {
            foreach (var call in calls.All)
            {
                var overdue = time.GetElapsedTime(start) - MomentOf(call.Connection, moments);
                if (overdue >= BoundaryWithin || (overdue >= TimeSpan.Zero && call.Relay.Shown.AtBoundary))
                {
                    call.Connection.Abort();
                }
            }

            await Task.Delay(CheckInterval, time, cancellationToken);
        }
    }

    TimeSpan MomentOf(HubCallerContext connection, Dictionary<string, TimeSpan> moments)
    {
        if (!moments.TryGetValue(connection.ConnectionId, out var moment))
        {
#pragma warning disable CA5394 // Spreads load; guards nothing.
            moments[connection.ConnectionId] = moment = options.Value.Spread * Random.Shared.NextDouble();
#pragma warning restore CA5394
        }

        return moment;
    }
}
