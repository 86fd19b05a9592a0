using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A team lead's dashboard without a screen: the view put together as the page does it.</summary>
sealed class LeadViewer : IAsyncDisposable
{
    readonly HubConnection connection;
    readonly Lock sync = new();
    readonly Dictionary<string, LiveCallView> calls = new(StringComparer.Ordinal);
    readonly List<FleetView> early = [];

    LeadViewer(HubConnection connection)
    {
        this.connection = connection;
        connection.On<FleetView>("Receive", Take);
    }

    /// <summary>The newest view; its calls are in <see cref="Calls"/>.</summary>
    public FleetView View { get; private set; } = null!;

    public IReadOnlyList<LiveCallView> Calls
    {
        get
        {
            lock (sync)
            {
                return [.. calls.Values];
            }
        }
    }

    public static async Task<LeadViewer> Watch(Uri gateway, string? ticket = null)
    {
        var hub = Hubs.Connection(new Uri(gateway, "/hubs/lead"), ticket: ticket);
        // It does not come back: a gateway that a loaded machine silences for seconds must not cost the view.
        var viewer = new LeadViewer(hub.WithKeepAliveInterval(TimeSpan.FromSeconds(1)).WithServerTimeout(TimeSpan.FromSeconds(60)).Build());
        await viewer.connection.StartAsync();
        viewer.Take(await viewer.connection.InvokeAsync<FleetView>("Watch"));
        return viewer;
    }

    public WindowView Hour => View.Windows.Single(window => window.Minutes == 60);

    public IAsyncEnumerable<CallSight> WatchCall(string callId, CancellationToken cancellationToken) =>
        connection.StreamAsync<CallSight>("WatchCall", callId, cancellationToken);

    public Task<LineReceipt> SendLine(string callId, string text) => connection.InvokeAsync<LineReceipt>("SendLine", callId, text);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    void Take(FleetView view)
    {
        lock (sync)
        {
            if (View is null && !view.Whole)
            {
                early.Add(view);
                return;
            }

            foreach (var next in early.Where(next => next.Number > view.Number).Prepend(view))
            {
                next.Gone.ToList().ForEach(callId => calls.Remove(callId));
                next.Calls.ToList().ForEach(call => calls[call.CallId] = call);
                View = next;
            }

            early.Clear();
        }
    }
}
