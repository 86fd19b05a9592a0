using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teleprompter.Tests.Integration.Cli;
using Teleprompter.Tests.Integration.Models;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>The gateway behind a proxy that ends TLS, or that gives it a path of its own.</summary>
[CancelAfter(60_000)]
public sealed class ProxyTests
{
    const string AnyHost = "--AllowedHosts=*";

    [Test]
    public async Task Behind_a_trusted_proxy_that_ends_TLS_the_gateways_own_page_is_let_in(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(null, AnyHost, "--Gateway:TrustedProxies:0=127.0.0.0/8");

        Assert.That(await Ask(gateway, "https://tele.example", cancellationToken), Is.Not.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Ask(gateway, "https://evil.example", cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Without_that_setting_the_page_is_refused_and_the_log_says_once_what_to_set(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(null, AnyHost);
        using var log = new WarningList();
        gateway.AddLogs(log);

        Assert.That(await Ask(gateway, "https://tele.example", cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
        await Ask(gateway, "https://tele.example", cancellationToken);

        Assert.That(
            log.Warnings.Single(),
            Does.Contain("https://tele.example").And.Contain("http://tele.example").And.Contain("Gateway:TrustedProxies"));
    }

    [TestCase("https://CRM.example/", "https://crm.example")]
    [TestCase("https://crm.example:443", "https://crm.example")]
    [TestCase("chrome-extension://abcdef/", "chrome-extension://abcdef")]
    public async Task Origins_are_compared_as_origins(string allowed, string origin, CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(null, AnyHost, $"--Gateway:AllowedOrigins:0={allowed}");

        Assert.That(await Ask(gateway, origin, cancellationToken), Is.Not.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Ask(gateway, $"{origin}.evil", cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("--Gateway:AllowedOrigins:0=https://crm.example/app", "https://crm.example/app")]
    [TestCase("--Gateway:AllowedOrigins:0=*", "*")]
    [TestCase("--Gateway:TrustedProxies:0=proxy", "proxy")]
    public void A_setting_that_names_no_origin_or_proxy_stops_the_start(string setting, string named) =>
        Assert.That(
            async () => await RunningGateway.Start(null, setting),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains($"'{named}'"));

    [Test]
    public async Task Under_a_path_of_its_own_pages_and_commands_find_everything(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(
            services => services.AddSingleton<IStartupFilter>(new ServedBelow("/tools/teleprompter")));
        var below = new Uri(gateway.Address, "/tools/teleprompter/");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true });
        foreach (var page in (Uri[])[below, new(below, "dashboard")])
        {
            using var answer = await http.GetAsync(page, cancellationToken);
            foreach (var address in Addresses(await answer.Content.ReadAsStringAsync(cancellationToken)))
            {
                using var file = await http.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, address), cancellationToken);
                Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{address} of {page}");
            }
        }

        var check = await CommandRun.Of(cancellationToken, "check", "--url", $"{below}".TrimEnd('/'));
        Assert.That(check.ExitCode, Is.Zero, check.Output + check.Error);
    }

    static IEnumerable<string> Addresses(string page) =>
        page.Split(' ', '>').Select(part => part.Split('"')).Where(part => part is ["src=" or "href=", _, ..]).Select(part => part[1]);

    static async Task<HttpStatusCode> Ask(RunningGateway gateway, string origin, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "/hubs/call"));
        request.Headers.Host = "tele.example";
        request.Headers.Add("Origin", origin);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }
}
