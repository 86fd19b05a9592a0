using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>A bare client of the hub: says what a test wants said, valid or not, and keeps what it hears.</summary>
sealed class HubClient : IAsyncDisposable
{
    readonly Channel<CallEvent> events = Channel.CreateUnbounded<CallEvent>();
    readonly HubConnection connection;

    HubClient(HubConnection connection)
    {
        this.connection = connection;
        connection.On<CallEvent>("Receive", callEvent => events.Writer.TryWrite(callEvent));
        connection.Closed += _ =>
        {
            events.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    public List<CallEvent> Heard { get; } = [];

    public static Task<HubClient> Connect(RunningGateway gateway, string? origin = null, string? ticket = null) =>
        Connect(gateway.Address, origin, ticket);

    public static async Task<HubClient> Connect(Uri gateway, string? origin = null, string? ticket = null)
    {
        var client = new HubClient(Hubs.Connection(new Uri(gateway, "/hubs/call"), origin, ticket).Build());
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

        throw new AssertionException($"The connection closed before {typeof(T).Name}.");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
