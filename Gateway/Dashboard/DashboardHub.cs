using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The methods that a team lead's dashboard may invoke, at <c>/hubs/lead</c>.</summary>
public sealed class DashboardHub(FleetWatch fleet, CallWatching calls, LineSending lines, ConnectionSignIn signIn)
    : Hub<IDashboardClient>, IDashboardHub
{
    SignedInUser User => SignedInUser.Of(Context.User);

    public Task<FleetView> Watch() => fleet.Enter(Context.ConnectionId, User, Context.ConnectionAborted);

    public async IAsyncEnumerable<CallSight> WatchCall(string callId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MessageRules.Require(MessageRules.IdProblem("callId", callId));
        await foreach (var sight in calls.Watch(callId, User, cancellationToken))
        {
            yield return sight;
        }
    }

    public Task<LineReceipt> SendLine(string callId, string text)
    {
        MessageRules.Require(MessageRules.IdProblem("callId", callId) ?? MessageRules.LineProblem(text));
        return lines.Send(callId, text.Trim(), User, Context.ConnectionAborted);
    }

    public Task RenewSignIn(string ticket) => signIn.Renew(Context, ticket);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        fleet.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
