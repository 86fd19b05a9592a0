using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>How a browser signs in: the code flow, as the requests of one.</summary>
[CancelAfter(60_000)]
public sealed class PageTests : ProviderTests
{
    [Test]
    public async Task A_page_is_opened_after_signing_in_with_PKCE_and_the_cookie_gives_tickets()
    {
        using var browser = Browser();
        using var first = await browser.GetAsync(Gateway.Address);
        Assert.That(first.RequestMessage!.RequestUri!.AbsolutePath, Is.EqualTo("/authorize"), "sent to the provider");
        Assert.That(first.RequestMessage.RequestUri.Query, Does.Contain("code_challenge_method=S256").And.Contain("response_type=code"));

        using var page = await SignIn(browser, first, "ann");

        Assert.That(page.RequestMessage!.RequestUri, Is.EqualTo(Gateway.Address));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<title>Teleprompter</title>"));
        Assert.That(
            await browser.GetStringAsync(new Uri(Gateway.Address, "/sign-in/me")),
            Is.EqualTo("""{"required":true,"name":"Ann Rep","role":"rep"}"""));
        using var ticket = await browser.PostAsync(new Uri(Gateway.Address, "/sign-in/ticket"), content: null);
        Assert.That(ticket.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var lead = await browser.GetAsync(new Uri(Gateway.Address, "/dashboard/"));
        Assert.That(lead.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await lead.Content.ReadAsStringAsync(), Does.Contain("Ann Rep").And.Contain("<em>lead</em>"));

        await browser.GetStringAsync(new Uri(Gateway.Address, "/sign-in/out"));
        using var none = await browser.PostAsync(new Uri(Gateway.Address, "/sign-in/ticket"), content: null);
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_session_s_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var browser = new HttpClient(handler);
        using var first = await browser.GetAsync(Gateway.Address);
        using var page = await SignIn(browser, first, "ann");

        var session = cookies.GetCookies(Gateway.Address)["teleprompter.sign-in"];

        Assert.That(session, Has.Property("HttpOnly").True);
        Assert.That(session!.Value, Does.Not.Contain("ann"));
    }

    [Test]
    public async Task An_answer_of_the_provider_that_nobody_asked_for_is_refused()
    {
        using var browser = Browser();

        using var answer = await browser.GetAsync(new Uri(Gateway.Address, "/sign-in/callback?code=stolen&state=forged"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("did not succeed").And.Not.Contain("stolen"));
    }

    [Test]
    public async Task A_provider_that_is_away_is_told_on_the_page()
    {
        await using var lonely = await RunningGateway.Start(
            null, "--SignIn:Authority=http://127.0.0.1:1/", "--SignIn:ClientId=pages", "--SignIn:Audience=teleprompter");
        using var browser = Browser();

        using var answer = await browser.GetAsync(lonely.Address);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("provider does not answer"));
    }

    [Test]
    public async Task Every_answer_has_the_headers_that_keep_a_page_to_itself()
    {
        using var browser = Browser();
        foreach (var path in (string[])["/notice.css", "/sign-in/done", "/hubs/call", "/health/live", "/nowhere"])
        {
            using var answer = await browser.GetAsync(new Uri(Gateway.Address, path));
            Assert.That(
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                Does.StartWith("default-src 'none';").And.Not.Contain("unsafe-inline"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]), path);
            Assert.That(answer.Headers.GetValues("X-Frame-Options"), Is.EqualTo(["DENY"]), path);
            Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(["no-referrer"]), path);
        }
    }

    [Test]
    public async Task A_page_that_one_gateway_signed_in_is_known_to_the_others()
    {
        await using var redis = await RedisServer.Start();
        await using var one = await RunningGateway.Start(redis.Port, Provider.Settings);
        await using var other = await RunningGateway.Start(redis.Port, Provider.Settings);
        using var browser = Browser();
        using var first = await browser.GetAsync(one.Address);
        using var page = await SignIn(browser, first, "ann");

        // Cookies do not know ports: the browser sends them to both.
        Assert.That(await browser.GetStringAsync(new Uri(other.Address, "/sign-in/me")), Does.Contain("Ann Rep"));
    }

    [Test]
    public async Task Under_a_path_of_its_own_a_page_signs_in_and_out()
    {
        await using var gateway = await RunningGateway.Start(
            services => services.AddSingleton<IStartupFilter>(new ServedBelow("/tools/teleprompter")),
            [.. Provider.Settings, "--Gateway:TrustedProxies:0=127.0.0.0/8"]);
        var below = new Uri(gateway.Address, "/tools/teleprompter/");
        using var browser = Browser();
        using var first = await browser.GetAsync(below);
        Assert.That(
            Uri.UnescapeDataString(first.RequestMessage!.RequestUri!.Query),
            Does.Contain($"redirect_uri={new Uri(below, "sign-in/callback")}"));

        using var page = await SignIn(browser, first, "ann");

        Assert.That(page.RequestMessage!.RequestUri, Is.EqualTo(below));
        Assert.That(await browser.GetStringAsync(new Uri(below, "sign-in/me")), Does.Contain("Ann Rep"));
        using var ticket = await browser.PostAsync(new Uri(below, "sign-in/ticket"), content: null);
        Assert.That(ticket.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await browser.GetStringAsync(new Uri(below, "sign-in/out")), Does.Contain("href=\"/tools/teleprompter/\""));
    }

    [Test]
    public async Task Development_mode_tells_the_pages_so()
    {
        await using var open = await RunningGateway.Start();
        using var browser = Browser();

        Assert.That(
            await browser.GetStringAsync(new Uri(open.Address, "/sign-in/me")),
            Is.EqualTo("""{"required":false,"name":null,"role":null}"""));
    }

    static HttpClient Browser() => new();

    /// <summary>Clicks a name on the provider's page.</summary>
    static async Task<HttpResponseMessage> SignIn(HttpClient browser, HttpResponseMessage choice, string user)
    {
        var html = WebUtility.HtmlDecode(await choice.Content.ReadAsStringAsync());
        var link = Regex.Match(html, $"href=\"([^\"]*login_hint={user})\"", RegexOptions.NonBacktracking).Groups[1].Value;
        return await browser.GetAsync(new Uri(choice.RequestMessage!.RequestUri!, link));
    }
}
