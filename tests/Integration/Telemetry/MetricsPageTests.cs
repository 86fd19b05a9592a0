using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.Integration.Telemetry;

/// <summary>Who may see a process's metrics. Alone: meters count for all gateways that tests have in this process.</summary>
[CancelAfter(20_000), NonParallelizable]
public sealed class MetricsPageTests
{
    [Test]
    public async Task This_machine_may(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(gateway.Address, "/metrics"), cancellationToken);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Does.StartWith("text/plain; version=0.0.4"));
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(text, Does.Match(@"\nteleprompter_gateway_calls(\{\})? 0\n").And.Match(@"\nteleprompter_worker_calls(\{\})? 0\n"));
        Assert.That(text, Does.Contain("service_name=\"teleprompter-gateway\"").And.Not.Contain("otel_scope"));
    }

    [Test]
    public async Task Others_do_not_find_them(CancellationToken cancellationToken)
    {
        await using var app = await Start(["http://127.0.0.1:0"], []);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(new Uri(app.Urls.Single()), "/metrics"), cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task A_port_of_their_own_is_the_only_one_that_has_them(CancellationToken cancellationToken)
    {
        var port = FreePort();
        await using var app = await Start(["http://127.0.0.1:0", $"http://127.0.0.1:{port}"], [$"--OpenTelemetry:MetricsPort={port}"]);
        using var http = new HttpClient();
        foreach (var url in app.Urls)
        {
            using var response = await http.GetAsync(new Uri(new Uri(url), "/metrics"), cancellationToken);
            Assert.That(response.StatusCode, Is.EqualTo(new Uri(url).Port == port ? HttpStatusCode.OK : HttpStatusCode.NotFound), url);
        }
    }

    [Test]
    public async Task A_collector_is_told_at_the_latest_when_the_process_ends(CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await using var collector = builder.Build();
        collector.Run(context =>
        {
            told.TrySetResult(context.Request.Path);
            return Task.CompletedTask;
        });
        await collector.StartAsync(cancellationToken);
        await using (await Start(["http://127.0.0.1:0"], [$"--OpenTelemetry:Endpoint={collector.Urls.Single()}"]))
        {
        }

        Assert.That(
            await told.Task.WaitAsync(cancellationToken), Is.EqualTo("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"));
    }

    [Test]
    [NonParallelizable]
    public async Task A_collector_is_told_of_spans_and_of_no_more_than_their_share(CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await using var collector = builder.Build();
        collector.Run(context =>
        {
            if (context.Request.Path.Value!.Contains("trace", StringComparison.Ordinal))
            {
                told.TrySetResult(context.Request.Path);
            }

            return Task.CompletedTask;
        });
        await collector.StartAsync(cancellationToken);
        const string Sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using (
            await Start(["http://127.0.0.1:0"], [$"--OpenTelemetry:Endpoint={collector.Urls.Single()}", "--OpenTelemetry:TraceShare=0"]))
        {
            using var none = Tracing.Receive("SendTranscript", Sampled);
            Assert.That(none?.Recorded, Is.Not.True, "a client cannot have itself traced");
        }

        await using (await Start(["http://127.0.0.1:0"], [$"--OpenTelemetry:Endpoint={collector.Urls.Single()}"]))
        {
            using var span = Tracing.Receive("SendTranscript", Sampled);
            Assert.That(span?.Recorded, Is.True);
        }

        Assert.That(
            await told.Task.WaitAsync(cancellationToken), Is.EqualTo("/opentelemetry.proto.collector.trace.v1.TraceService/Export"));
    }

    [TestCase("OpenTelemetry:TraceShare", "1.5")]
    [TestCase("OpenTelemetry:MetricsPort", "0")]
    [TestCase("OpenTelemetry:Endpoint", "collector")]
    public void A_wrong_setting_refuses_to_start_and_says_what_to_set(string setting, string value) => Assert.That(
        async () => await Start(["http://127.0.0.1:0"], [$"--{setting}={value}"]),
        Throws.InstanceOf<OptionsValidationException>().With.Message.Contains($"{setting} must"));

    /// <summary>A process with metrics and nothing else, to which every request seems to come from another machine.</summary>
    static async Task<WebApplication> Start(string[] urls, string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.WebHost.UseUrls(urls);
        builder.Services.AddProcessTelemetry(builder.Configuration, "test").AddTransient<IStartupFilter, FromAfar>();
        var app = builder.Build();
        app.MapMetricsPage();
        await app.StartAsync();
        return app;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Lets requests look as if they came from another machine.</summary>
    sealed class FromAfar : IStartupFilter
    {
        static readonly IPAddress Afar = IPAddress.Parse("203.0.113.7");

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = Afar;
                return following(context);
            });
            next(app);
        };
    }
}
