using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Faults;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>What a token of a real provider lets its holder do.</summary>
[CancelAfter(60_000)]
public sealed class TokenTests
{
    static ScriptedSignInServer provider = null!;
    static RunningGateway gateway = null!;

    [OneTimeSetUp]
    public static async Task Start()
    {
        provider = await ScriptedSignInServer.StartAsync();
        gateway = await RunningGateway.Start(null, [.. provider.Settings, "--Gateway:AllowedOrigins:0=chrome-extension://abc"]);
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        await gateway.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task A_socket_is_let_in_by_a_ticket_once()
    {
        Assert.That(async () => await HubClient.Connect(gateway), Throws.InstanceOf<WebSocketException>(), "no ticket");
        Assert.That(
            async () => await HubClient.Connect(gateway, ticket: new string('0', 64)), Throws.InstanceOf<WebSocketException>(), "unknown");
        var accessToken = await provider.AccessToken("ann");
        Assert.That(
            async () => await HubClient.Connect(gateway, ticket: accessToken), Throws.InstanceOf<WebSocketException>(), "no access token");

        var ticket = await SignInClient.TicketOf(gateway, provider, "ann");
        await using var client = await HubClient.Connect(gateway, ticket: ticket);
        Assert.That((await client.Start()).Resumed, Is.False);

        Assert.That(async () => await HubClient.Connect(gateway, ticket: ticket), Throws.InstanceOf<WebSocketException>(), "replayed");
    }

    [TestCase("none")]
    [TestCase("HS256")]
    [TestCase("unknown key")]
    [TestCase("issuer")]
    [TestCase("audience")]
    [TestCase("expired")]
    [TestCase("garbage")]
    public async Task A_forged_or_foreign_token_gives_no_ticket(string kind)
    {
        using var answer = await SignInClient.AskTicket(gateway, await Forged(kind));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Somebody_without_a_role_gets_no_ticket()
    {
        using var answer = await SignInClient.AskTicket(gateway, await provider.AccessToken("guy"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Origin_is_checked_before_the_token()
    {
        using var evil = await SignInClient.AskTicket(gateway, await provider.AccessToken("ann"), "https://evil.example");
        Assert.That(evil.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var nobody = await SignInClient.AskTicket(gateway, accessToken: null, "null");
        Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var extension = await SignInClient.AskTicket(gateway, await provider.AccessToken("ann"), "chrome-extension://abc");
        Assert.That(extension.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var ticket = await SignInClient.TicketOf(gateway, provider, "ann");
        Assert.That(
            async () => await HubClient.Connect(gateway, "https://evil.example", ticket), Throws.InstanceOf<WebSocketException>());
        await using var client = await HubClient.Connect(gateway, ticket: ticket);
    }

    [Test]
    public async Task A_call_belongs_to_whoever_started_it()
    {
        await using var ann = await SignInClient.Connect(gateway, provider, "ann");
        var call = await ann.Start();

        foreach (var other in (string[])["bob", "lee", "ada"])
        {
            await using var client = await SignInClient.Connect(gateway, provider, other);
            Assert.That(
                async () => await client.Start(new StartCallRequest(Resume: new ResumeRequest(call.CallId, call.ResumeToken))),
                Throws.InstanceOf<HubException>().With.Message.Contains("belongs to another user"),
                other);
        }

        await using var again = await SignInClient.Connect(gateway, provider, "ann");
        Assert.That(
            (await again.Start(new StartCallRequest(Resume: new ResumeRequest(call.CallId, call.ResumeToken)))).Resumed, Is.True);
    }

    [TestCase("ann", "/calls/{0}/summary.json", HttpStatusCode.OK)]
    [TestCase("bob", "/calls/{0}/summary.json", HttpStatusCode.NotFound)]
    [TestCase("guy", "/calls/{0}/summary.json", HttpStatusCode.Forbidden)]
    [TestCase("", "/calls/{0}/summary.json", HttpStatusCode.Unauthorized)]
    [TestCase("lee", "/calls/{0}/summary.json", HttpStatusCode.NotFound)]
    [TestCase("lee", "/dashboard/calls/{0}/summary.json", HttpStatusCode.OK)]
    [TestCase("ada", "/dashboard/calls/{0}/summary.md", HttpStatusCode.OK)]
    [TestCase("tom", "/dashboard/calls/{0}/summary.json", HttpStatusCode.NotFound)]
    [TestCase("ann", "/dashboard/calls/{0}/summary.json", HttpStatusCode.Forbidden)]
    [TestCase("", "/dashboard/calls/{0}/summary.json", HttpStatusCode.Unauthorized)]
    public async Task A_rep_reads_own_reports_and_a_lead_the_team_s(string user, string path, HttpStatusCode expected)
    {
        await using var ann = await SignInClient.Connect(gateway, provider, "ann");
        var call = await ann.Start();
        await ann.Say("1", "What does it cost?");

        var token = user.Length > 0 ? await provider.AccessToken(user) : null;
        using var answer = await SignInClient.Ask(gateway, HttpMethod.Get, string.Format(null, path, call.CallId), token);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_lead_watches_the_team_s_calls_only_and_a_rep_none(CancellationToken cancellationToken)
    {
        await using var ann = await SignInClient.Connect(gateway, provider, "ann");
        await using var sue = await SignInClient.Connect(gateway, provider, "sue");
        var (north, south) = (await ann.Start(), await sue.Start());
        await using var lee = await LeadViewer.Watch(gateway.Address, await SignInClient.TicketOf(gateway, provider, "lee"));
        await using var ada = await LeadViewer.Watch(gateway.Address, await SignInClient.TicketOf(gateway, provider, "ada"));
        var repTicket = await SignInClient.TicketOf(gateway, provider, "ann");
        Assert.That(async () => await LeadViewer.Watch(gateway.Address, repTicket), Throws.InstanceOf<WebSocketException>());

        await Poll.Until(
            () => lee.Calls.Any(call => call.CallId == north.CallId) && ada.Calls.Any(call => call.CallId == south.CallId),
            TimeSpan.FromSeconds(10), "both see their calls");
        await sue.Say("1", "What does it cost?");
        await Poll.Until(
            () => ada.Calls.Any(call => call.CallId == south.CallId && call.Shown > 0), TimeSpan.FromSeconds(10), "it changes");
        Assert.That(lee.Calls.Select(call => call.CallId), Has.None.EqualTo(south.CallId));
        Assert.That(
            async () => await lee.WatchCall(south.CallId, cancellationToken).GetAsyncEnumerator(cancellationToken).MoveNextAsync(),
            Throws.InstanceOf<HubException>().With.Message.Contains("No such call"));
        Assert.That(
            async () => await lee.SendLine(south.CallId, "Hello"), Throws.InstanceOf<HubException>().With.Message.Contains("No such call"));

        var line = lee.SendLine(north.CallId, "Ask who signs.");
        Assert.That((await ann.Until<Nudged>(cancellationToken)).From, Is.EqualTo("Lee Lead"));
        await line;
    }

    [Test]
    public async Task Health_needs_no_sign_in()
    {
        foreach (var path in (string[])["/health/live", "/health/ready", "/metrics", "/sign-in/me"])
        {
            using var answer = await SignInClient.Ask(gateway, HttpMethod.Get, path, accessToken: null);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        }
    }

    [Test]
    public async Task With_sign_in_the_gateway_listens_on_every_address()
    {
        await using var wide = await RunningGateway.Start(null, [.. provider.Settings, "--urls=http://0.0.0.0:0", "--AllowedHosts=*"]);
        await using var client = await SignInClient.Connect(wide, provider, "ann");

        Assert.That((await client.Start()).CallId, Is.Not.Empty);
    }

    [TestCase("--SignIn:ClientId=")]
    [TestCase("--SignIn:Audience=")]
    [TestCase("--SignIn:Authority=http://provider.example/")]
    [TestCase("--SignIn:Session=00:01:00")]
    public void A_provider_that_is_half_configured_stops_the_start(string setting) =>
        Assert.That(
            async () => await RunningGateway.Start(null, [.. provider.Settings, setting]),
            Throws.InstanceOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains("SignIn:"));

    static async Task<string> Forged(string kind)
    {
        switch (kind)
        {
            case "none":
                var parts = (await provider.AccessToken("ann")).Split('.');
                return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.";
            case "audience":
                await using (var other = await ScriptedSignInServer.StartAsync())
                {
                    // A provider of its own, so that the tests beside this one are not disturbed.
                    await using var own = await RunningGateway.Start(null, other.Settings);
                    other.TokenAudience = "another-api";
                    using var refused = await SignInClient.AskTicket(own, await other.AccessToken("ann"));
                    Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
                    return Sign(RandomKey(), audience: "another-api");
                }

            case "expired":
                return await provider.AccessToken("ann", TimeSpan.FromHours(-1));
            case "issuer":
                await using (var other = await ScriptedSignInServer.StartAsync())
                {
                    return await other.AccessToken("ann");
                }

            case "HS256":
                var guessed = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("a-secret-that-anybody-could-guess-123"));
                return Sign(new SigningCredentials(guessed, SecurityAlgorithms.HmacSha256));
            case "garbage":
                return "a.b.c";
            default:
                return Sign(RandomKey());
        }
    }

    static SigningCredentials RandomKey() =>
        new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "unknown" }, SecurityAlgorithms.RsaSha256);

    static string Sign(SigningCredentials key, string audience = ScriptedSignInServer.Audience) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = provider.Authority.ToString(),
            Audience = audience,
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            NotBefore = DateTime.UtcNow.AddHours(-2),
            Expires = DateTime.UtcNow.AddHours(1),
            SigningCredentials = key,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "ann", ["roles"] = "admin" },
        });
}
