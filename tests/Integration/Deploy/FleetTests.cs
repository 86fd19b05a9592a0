using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.Tests.Integration.Deploy;

/// <summary>A fleet of real processes: a call through its one address, what it tells Prometheus, and how it stops.</summary>
[CancelAfter(90_000)]
public sealed partial class FleetTests
{
    const string Question = "That is too expensive, isn't it?";

    [Test]
    public async Task A_fleet_answers_a_call_and_tells_Prometheus_what_alerts_and_scaling_ask_for_and_nothing_of_the_customer(
        CancellationToken cancellationToken)
    {
        if (!$"{Environment.GetEnvironmentVariable("PATH")}".Split(':').Any(folder => File.Exists(Path.Combine(folder, "redis-server"))))
        {
            Assert.Ignore("redis-server is not installed.");
        }

        await using var fleet = await RunningFleet.Start(cancellationToken);
        using var http = new HttpClient();
        Assert.That(await Status(http, fleet.Entrance), Is.EqualTo(HttpStatusCode.OK), "the panel");
        if (fleet.Proxy is { } proxy)
        {
            Assert.That(await Status(http, new Uri(proxy, "/metrics")), Is.EqualTo(HttpStatusCode.NotFound), "metrics are not for clients");
            Assert.That(
                await Status(http, new Uri(proxy, "/dashboard")),
                Is.EqualTo(HttpStatusCode.OK),
                "the lead's pages: on loopback nobody has to sign in");
        }

        await using var client = new CallClient(new CallClientOptions(fleet.Entrance) { Brief = new CallBrief(CustomerName: "Zebedee") });
        var events = client.Events(cancellationToken);
        await client.ConnectAsync(cancellationToken);
        client.Hear(new TranscriptSegment("c-1", Speaker.Customer, Question, Final: true));
        await foreach (var callEvent in events)
        {
            if (callEvent is TurnSettled)
            {
                break;
            }
        }

        Assert.That(client.View.Recent.Single().Source, Is.EqualTo(SuggestionSource.Model));

        var gateways = await Task.WhenAll(fleet.Gateways.Select(Scrape));
        var workers = await Task.WhenAll(fleet.Workers.Select(Scrape));
        Assert.Multiple(() =>
        {
            Assert.That(Sum(gateways, "teleprompter_gateway_calls"), Is.EqualTo(1));
            Assert.That(Sum(gateways, "signalr_server_active_connections"), Is.EqualTo(1));
            // On a machine so busy that a worker falls silent, the other one takes the call and answers its turn again.
            Assert.That(Sum(gateways, "teleprompter_gateway_workers"), Is.InRange(1, 4), "two workers, each heard by two gateways");
            Assert.That(Sum(workers, "teleprompter_worker_calls"), Is.InRange(1, 2));
            Assert.That(Sum(workers, "teleprompter_turns_total{outcome=\"suggested\""), Is.InRange(1, 2));
            Assert.That(Sum(workers, "teleprompter_model_time_to_first_token_seconds_count"), Is.GreaterThanOrEqualTo(1));
            Assert.That(Sum(workers, "teleprompter_admission_slots"), Is.EqualTo(16));
            Assert.That(Sum([.. gateways, .. workers], "teleprompter_store_away"), Is.Zero);
            foreach (var said in new[] { "Zebedee", "expensive", client.Ticket!.CallId })
            {
                Assert.That(gateways.Concat(workers), Has.None.Contains(said));
            }
        });

        while (Sum(await Task.WhenAll(fleet.Workers.Select(Scrape)), "teleprompter_admission_slots_used") > 0)
        {
            // The slot is given back just after the answer is out.
            cancellationToken.ThrowIfCancellationRequested();
        }

        var known = Families([.. gateways, .. workers, await NotSeenUntilItHappens(http, cancellationToken)])
            .ToHashSet(StringComparer.Ordinal);
        var asked = NamesInDeploy().ToArray();
        Assert.That(asked, Has.Length.GreaterThan(15));
        Assert.That(asked, Is.SubsetOf(known), "a name in deploy that no process has");
        Assert.That(await fleet.Stop(), Is.Zero);

        async Task<string> Scrape(Uri process) => await http.GetStringAsync(new Uri(process, "/metrics"), cancellationToken);
    }

    static async Task<HttpStatusCode> Status(HttpClient http, Uri address)
    {
        using var response = await http.GetAsync(address);
        return response.StatusCode;
    }

    /// <summary>Adds up the samples of a family, or of those of its series that begin so.</summary>
    static double Sum(IEnumerable<string> scrapes, string beginning) => scrapes
        .SelectMany(scrape => scrape.Split('\n'))
        .Where(line => line.StartsWith(beginning, StringComparison.Ordinal) && line[beginning.Length] is ' ' or '{' or ',')
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>What the scrapes have; a histogram goes by its own name and by those of its series.</summary>
    static IEnumerable<string> Families(IEnumerable<string> scrapes) =>
        from scrape in scrapes
        from line in scrape.Split('\n')
        where line.Length > 0
        select line.StartsWith('#') ? line.Split(' ')[2] : line.Split(' ', '{')[0];

    /// <summary>
    /// A scrape with counters and histograms of ours that are silent until they first count: a fleet that is well does not show them.
    /// </summary>
    static async Task<string> NotSeenUntilItHappens(HttpClient http, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProcessTelemetry(builder.Configuration, "test");
        await using var process = builder.Build();
        process.MapMetricsPage();
        await process.StartAsync(cancellationToken);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("Teleprompter", StringComparison.Ordinal))
            {
                (instrument as Counter<long>)?.Add(1);
                (instrument as Counter<double>)?.Add(1);
                (instrument as UpDownCounter<int>)?.Add(0);
                (instrument as Histogram<long>)?.Record(1);
                (instrument as Histogram<double>)?.Record(1);
            }
        };
        var telemetry = typeof(WorkerTelemetry).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Telemetry", StringComparison.Ordinal) && type.IsAbstract);
        foreach (var type in telemetry.Append(typeof(GatewayTelemetry)))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        listener.Start();
        return await http.GetStringAsync(new Uri(new Uri(process.Urls.Single()), "/metrics"), cancellationToken);
    }

    static IEnumerable<string> NamesInDeploy() => Directory
        .EnumerateFiles(Path.Combine(RunningFleet.Root, "deploy"), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json" or ".md")
        .SelectMany(file => MetricName().Matches(File.ReadAllText(file)))
        .Select(match => match.Value)
        .Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(?:teleprompter|signalr|dotnet|kestrel)_[a-z0-9_]+", RegexOptions.NonBacktracking)]
    private static partial Regex MetricName();
}
