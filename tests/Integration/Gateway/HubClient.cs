using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>A bare client of the hub: says what a test wants said, valid or not, and keeps what it hears.</summary>
sealed class HubClient : IAsyncDisposable
{
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    readonly Channel<CallEvent> events = Channel.CreateUnbounded<CallEvent>();
    readonly HubConnection connection;
    Exception? closedBy;

    HubClient(HubConnection connection)
    {
        this.connection = connection;
        connection.On<CallEvent>("Receive", callEvent => events.Writer.TryWrite(callEvent));
        connection.Closed += error =>
        {
            closedBy = error;
            events.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    public List<CallEvent> Heard { get; } = [];

    public static Task<HubClient> Connect(RunningGateway gateway, string? origin = null, string? ticket = null) =>
        Connect(gateway.Address, origin, ticket);

    public static async Task<HubClient> Connect(Uri gateway, string? origin = null, string? ticket = null)
    {
        // A gateway closes a connection that is silent: a test may wait for longer.
        var connection = Hubs.Connection(new Uri(gateway, "/hubs/call"), origin, ticket).WithKeepAliveInterval(KeepAlive).Build();
        var client = new HubClient(connection);
        await client.connection.StartAsync();
        return client;
    }

    public Task<StartCallReply> Start(StartCallRequest? request = null) =>
        connection.InvokeAsync<StartCallReply>("StartCall", request ?? new());

    public Task Invoke(string method, params object?[] arguments) => connection.InvokeCoreAsync(method, arguments);

    public Task Say(string segmentId, string text, Speaker speaker = Speaker.Customer) =>
        Invoke("SendTranscript", new TranscriptSegment(segmentId, speaker, text, Final: true));

    /// <summary>Reads on until an event of a kind comes.</summary>
    public Task<T> Until<T>(CancellationToken cancellationToken)
        where T : CallEvent => Until<T>(_ => true, cancellationToken);

    /// <summary>Reads on until an event of a kind comes that fulfils something.</summary>
    public async Task<T> Until<T>(Predicate<T> fulfils, CancellationToken cancellationToken)
        where T : CallEvent
    {
        await foreach (var callEvent in events.Reader.ReadAllAsync(cancellationToken))
        {
            Heard.Add(callEvent);
            if (callEvent is T wanted && fulfils(wanted))
            {
                return wanted;
            }
        }

        throw new AssertionException($"The connection closed before {typeof(T).Name}: {closedBy?.Message ?? "it was asked to"}");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
