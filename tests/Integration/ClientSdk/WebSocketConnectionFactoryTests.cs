using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Teleprompter.ClientSdk;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>SignalR's core over our own connections, against a real Kestrel.</summary>
public sealed class WebSocketConnectionFactoryTests
{
    WebApplication server = null!;
    Uri address = null!;

    [SetUp]
    public async Task StartServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = null).AddJsonProtocol();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapHub<EchoHub>("/echo", options => options.Transports = HttpTransportType.WebSockets);
        await server.StartAsync();
        address = new Uri(server.Urls.First() + "/echo");
    }

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(200_000)]
    public async Task What_is_sent_comes_back(int length)
    {
        await using var connection = Connection();
        await connection.StartAsync();
        var text = new string('é', length);
        Assert.That(await connection.InvokeAsync<string>(nameof(EchoHub.Echo), text), Is.EqualTo(text));
    }

    [Test]
    public async Task Headers_travel_with_the_opening_request()
    {
        await using var connection = Connection(new Dictionary<string, string>(StringComparer.Ordinal) { ["Origin"] = "https://example.test" });
        await connection.StartAsync();
        Assert.That(await connection.InvokeAsync<string>(nameof(EchoHub.Origin)), Is.EqualTo("https://example.test"));
    }

    [Test]
    public async Task A_stopped_client_leaves_the_server_without_an_error()
    {
        EchoHub.Left = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = Connection();
        await connection.StartAsync();
        await connection.StopAsync();
        Assert.That(await EchoHub.Left.Task.WaitAsync(TimeSpan.FromSeconds(5)), Is.Null);
    }

    [Test]
    public async Task A_server_that_cuts_the_line_closes_the_client()
    {
        await using var connection = Connection();
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += error =>
        {
            closed.SetResult(error);
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        await connection.SendAsync(nameof(EchoHub.Cut));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.That(connection.State, Is.EqualTo(HubConnectionState.Disconnected));
    }

    [Test]
    public async Task A_client_can_start_again_after_it_stopped()
    {
        await using var connection = Connection();
        for (var round = 0; round < 3; round++)
        {
            await connection.StartAsync();
            Assert.That(await connection.InvokeAsync<string>(nameof(EchoHub.Echo), "again"), Is.EqualTo("again"));
            await connection.StopAsync();
        }
    }

    [Test]
    public void A_server_that_is_not_there_is_an_error_at_once()
    {
        var factory = new WebSocketConnectionFactory();
        Assert.That(
            async () => await factory.ConnectAsync(new UriEndPoint(new Uri("http://127.0.0.1:9/"))),
            Throws.InstanceOf<System.Net.WebSockets.WebSocketException>());
    }

    HubConnection Connection(IReadOnlyDictionary<string, string>? headers = null)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(headers));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(address));
        return builder.AddJsonProtocol().Build();
    }

#pragma warning disable CA1822 // SignalR invokes no static methods.
    sealed class EchoHub : Hub
    {
        public static TaskCompletionSource<Exception?> Left { get; set; } = new();

        public string Echo(string text) => text;

        public string Origin() => Context.GetHttpContext()!.Request.Headers.Origin.ToString();

        public void Cut() => Context.GetHttpContext()!.Abort();

        public override Task OnDisconnectedAsync(Exception? exception)
        {
            Left.TrySetResult(exception);
            return Task.CompletedTask;
        }
    }
#pragma warning restore CA1822
}
