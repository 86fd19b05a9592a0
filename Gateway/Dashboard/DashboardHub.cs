using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Intake;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>What a team lead may ask.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="calls">Single calls.</param>
public sealed class DashboardHub(FleetWatch fleet, CallWatching calls) : Hub<IDashboardClient>, IDashboardHub
{
    /// <inheritdoc/>
    public Task<FleetView> Watch() => fleet.Enter(Context.ConnectionId, Context.ConnectionAborted);

    /// <inheritdoc/>
    public async IAsyncEnumerable<CallSight> WatchCall(string callId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MessageRules.Require(MessageRules.IdProblem("callId", callId));
        await foreach (var sight in calls.Watch(callId, cancellationToken))
        {
            yield return sight;
        }
    }

    /// <inheritdoc/>
    public Task<LineReceipt> SendLine(string callId, string text)
    {
        MessageRules.Require(MessageRules.IdProblem("callId", callId) ?? MessageRules.LineProblem(text));
        return calls.Send(callId, text.Trim(), Context.ConnectionAborted);
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        fleet.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
