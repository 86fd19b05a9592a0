using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Intake;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The methods that a team lead's dashboard may invoke, at <c>/hubs/lead</c>.</summary>
public sealed class DashboardHub(FleetWatch fleet, CallWatching calls, LineSending lines) : Hub<IDashboardClient>, IDashboardHub
{
    public Task<FleetView> Watch() => fleet.Enter(Context.ConnectionId, Context.ConnectionAborted);

    public async IAsyncEnumerable<CallSight> WatchCall(string callId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MessageRules.Require(MessageRules.IdProblem("callId", callId));
        await foreach (var sight in calls.Watch(callId, cancellationToken))
        {
            yield return sight;
        }
    }

    public Task<LineReceipt> SendLine(string callId, string text)
    {
        MessageRules.Require(MessageRules.IdProblem("callId", callId) ?? MessageRules.LineProblem(text));
        return lines.Send(callId, text.Trim(), Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        fleet.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
