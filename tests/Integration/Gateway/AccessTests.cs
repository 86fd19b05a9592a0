using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Gateway;

[CancelAfter(30_000)]
public sealed class AccessTests
{
    RunningGateway gateway = null!;

    [SetUp]
    public async Task StartGateway() => gateway = await RunningGateway.Start();

    [TearDown]
    public async Task StopGateway() => await gateway.DisposeAsync();

    [Test]
    public async Task A_bad_message_is_told_what_is_wrong_and_costs_that_message_only(CancellationToken cancellationToken)
    {
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        Assert.That(
            async () => await client.Invoke(
                "SendTranscript", new TranscriptSegment("1", Speaker.Customer, new string('x', 2001), Final: true)),
            Throws.TypeOf<HubException>().With.Message.Contains("at most 2000"));

        await client.Say("1", "The price is too high.");
        Assert.That((await client.Until<TurnSettled>(cancellationToken)).TurnId, Is.EqualTo("1"));
    }

    [TestCase("words instead of an object")]
    [TestCase(42)]
    public async Task An_argument_of_the_wrong_shape_is_told_so_and_costs_that_message_only(object argument)
    {
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        Assert.That(
            async () => await client.Invoke("SendTranscript", argument),
            Throws.TypeOf<HubException>().With.Message.Contains("binding arguments"));
        await client.Say("1", "Hello.");
    }

    [Test]
    public async Task A_final_with_other_words_is_an_error()
    {
        await using var client = await HubClient.Connect(gateway);
        await client.Start();
        await client.Say("1", "The price is too high.");

        Assert.That(
            async () => await client.Say("1", "The price was too high."),
            Throws.TypeOf<HubException>().With.Message.Contains("new segmentId"));
    }

    [Test]
    public async Task Nothing_can_be_said_before_a_call_is_started_and_only_one_is_started()
    {
        await using var client = await HubClient.Connect(gateway);
        Assert.That(async () => await client.Say("1", "Hello."), Throws.TypeOf<HubException>().With.Message.Contains("StartCall first"));
        await client.Start();

        Assert.That(async () => await client.Start(), Throws.TypeOf<HubException>().With.Message.Contains("has a call already"));
    }

    [Test]
    public async Task A_connection_that_sends_too_much_is_told_so()
    {
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        Assert.That(
            async () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await client.Invoke("Acknowledge", new Progress(i));
                }
            },
            Throws.TypeOf<HubException>().With.Message.Contains("Too many messages"));
    }

    [Test]
    public void A_page_of_another_origin_may_not_open_a_socket() =>
        Assert.That(async () => await HubClient.Connect(gateway, origin: "https://evil.example"), Throws.TypeOf<WebSocketException>());

    [Test]
    public async Task The_gateways_own_pages_and_allowed_origins_may()
    {
        await using var own = await HubClient.Connect(gateway, origin: gateway.Address.GetLeftPart(UriPartial.Authority));

        await using var other = await RunningGateway.Start(null, "--Gateway:AllowedOrigins:0=chrome-extension://abcdef");
        await using var extension = await HubClient.Connect(other, origin: "chrome-extension://abcdef");
        Assert.That((await extension.Start()).Resumed, Is.False);
    }

    [Test]
    public async Task A_request_for_another_host_is_refused(CancellationToken cancellationToken)
    {
        await using var guarded = await RunningGateway.Start(null, "--AllowedHosts=localhost;127.0.0.1");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(guarded.Address, "/health/live"));
        request.Headers.Host = "rebound.example";

        using var response = await http.SendAsync(request, cancellationToken);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public void Listening_wider_than_loopback_without_sign_in_refuses_to_start_and_says_what_to_set() =>
        Assert.That(
            async () => await RunningGateway.Start(services => services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(
                kestrel => kestrel.ListenAnyIP(0))),
            Throws.TypeOf<InvalidOperationException>().With.Message.Contains("SignIn:Authority"));

    [Test]
    public async Task Pages_run_no_script_but_their_own(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(gateway.Address, cancellationToken);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            response.Headers.GetValues("Content-Security-Policy").Single(),
            Does.StartWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task Health_is_told(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();

        Assert.That((await http.GetAsync(new Uri(gateway.Address, path), cancellationToken)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
