using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Calls;
using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Lets the clients go: after load balancers have had time to notice, each connection is closed at a moment of its own, between two suggestions where there is
/// such a moment. Its client comes back at once, by another gateway, and resumes its call.
/// </summary>
/// <param name="calls">The connections.</param>
/// <param name="options">How fast.</param>
/// <param name="time">The clock.</param>
public sealed class GatewayDrain(LiveCalls calls, IOptions<DrainOptions> options, TimeProvider time) : IDrain
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan BoundaryWithin = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task Drain(CancellationToken cancellationToken)
    {
        await Task.Delay(options.Value.Notice, time, cancellationToken);
        var start = time.GetTimestamp();
        var moments = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        while (calls.Count > 0)
        {
            foreach (var (call, connection) in calls.All)
            {
                var overdue = time.GetElapsedTime(start) - MomentOf(connection, moments);
                if (overdue >= BoundaryWithin || (overdue >= TimeSpan.Zero && call.Relay.AtBoundary))
                {
                    connection.Abort();
                }
            }

            await Task.Delay(LookEvery, time, cancellationToken);
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
