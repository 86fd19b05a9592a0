using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>What a rep gets of a call after it, over HTTP.</summary>
[CancelAfter(30_000)]
public sealed class CallReportTests
{
    const string Price = "Honestly, that is more expensive than we expected.";

    static readonly HttpClient http = new();
    static RunningGateway gateway = null!;

    [OneTimeSetUp]
    public static async Task StartGateway() =>
        gateway = await RunningGateway.Start(null, "--Gateway:AllowedOrigins:0=chrome-extension://abc");

    [OneTimeTearDown]
    public static async Task StopGateway()
    {
        http.Dispose();
        await gateway.DisposeAsync();
    }

    [Test]
    public async Task A_call_that_has_ended_can_be_read_by_its_rep_alone(CancellationToken cancellationToken)
    {
        var call = await EndedCall(gateway, cancellationToken);

        using var page = await Get(gateway, $"/calls/{call.CallId}/summary.md", call.ResumeToken);
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/markdown; charset=utf-8"));
        Assert.That(page.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(await page.Content.ReadAsStringAsync(cancellationToken), Does.Contain(Price).And.Contain("## Objections"));

        var others = new[] { null, "wrong", (await EndedCall(gateway, cancellationToken)).ResumeToken };
        foreach (var token in others)
        {
            using var refused = await Get(gateway, $"/calls/{call.CallId}/summary.json", token);
            Assert.That(refused.StatusCode, Is.EqualTo(token is null ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound));
            Assert.That(await refused.Content.ReadAsStringAsync(cancellationToken), Does.Not.Contain("expensive"));
        }
    }

    [Test]
    public async Task A_card_number_is_on_the_reps_screen_and_not_in_what_is_kept(CancellationToken cancellationToken)
    {
        const string said = "My card number is 4111 1111 1111 1111.";
        await using var client = await HubClient.Connect(gateway);
        var call = await client.Start();
        await client.Say("1", said);
        var shown = await client.Until<TranscriptUpdated>(cancellationToken);
        await client.Say("1", said);
        await client.Invoke("EndCall");
        await client.Until<CallEnded>(cancellationToken);

        using var page = await Get(gateway, $"/calls/{call.CallId}/summary.json", call.ResumeToken);
        Assert.That(shown.Text, Is.EqualTo(said));
        var kept = await page.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(kept, Does.Contain("My card number is [card number].").And.Not.Contain("4111"));
    }

    [Test]
    public async Task The_models_summary_takes_the_place_of_the_first_one(CancellationToken cancellationToken)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            new ModelScript { FirstToken = TimeSpan.Zero, TokenPace = TimeSpan.Zero }, cancellation: cancellationToken);
        await using var own = await RunningGateway.Start(
            null, $"--Model:Endpoint={model.Endpoint}", "--Model:Name=scripted", "--Model:SummaryName=small", "--Model:ApiKey=none");
        await using var client = await HubClient.Connect(own);
        var call = await client.Start();
        await client.Say("1", Price);
        await client.Until<SuggestionCompleted>(cancellationToken);
        model.Script = model.Script with { Text = """{"needs": ["A lower price."], "objections": [], "commitments": [], "nextSteps": ["A quote on Friday."]}""" };
        await client.Invoke("EndCall");

        CallReport? report = null;
        await Poll.Until(
            async () =>
            {
                report = await Report(own, call);
                return report is { Summary: not null, SummaryPending: false };
            },
            TimeSpan.FromSeconds(10),
            "the model's summary is there");

        Assert.That(report!.Summary, Has.Property("Source").EqualTo(SummarySource.Model));
        Assert.That(report.Summary!.NextSteps, Is.EqualTo(new[] { "A quote on Friday." }));
        Assert.That(report.Suggestions.Single().Suggestion.Text, Is.EqualTo(ModelScript.SalesAnswer));
        Assert.That(report.Cards.Single(), Has.Property("CardId").EqualTo("price-too-high").And.Property("Title").Not.Null);
        Assert.That(model.Requests.All[^1].Model, Is.EqualTo("small"));
    }

    [Test]
    public async Task A_rep_who_says_it_is_told_so_and_it_is_in_the_report(CancellationToken cancellationToken)
    {
        await using var client = await HubClient.Connect(gateway);
        var call = await client.Start();
        await client.Say("1", Price);
        var shown = await client.Until<SuggestionCompleted>(cancellationToken);

        await client.Say("2", $"Well, {shown.Text}", Speaker.Rep);
        var said = await client.Until<SuggestionSaid>(cancellationToken);

        Assert.That(said.SuggestionId, Is.EqualTo(shown.SuggestionId));
        Assert.That((await Report(gateway, call))!.Cards.Single().Said, Is.EqualTo(1));
    }

    [Test]
    public async Task Over_Redis_it_is_read_through_any_gateway_and_goes_when_the_call_does(CancellationToken cancellationToken)
    {
        await using var redis = await RedisServer.Start();
        await using var one = await RunningGateway.Start(redis.Port);
        await using var other = await RunningGateway.Start(redis.Port);
        var call = await EndedCall(one, cancellationToken);

        var report = await Report(other, call);
        Assert.That((report?.Transcript.Single().Text, report?.Summary?.Source), Is.EqualTo((Price, SummarySource.Cues)));

        await redis.Command("FLUSHALL");
        Assert.That(await Report(one, call), Is.Null);
    }

    [Test]
    public async Task The_lead_reads_it_in_development_mode(CancellationToken cancellationToken)
    {
        var call = await EndedCall(gateway, cancellationToken);

        using var page = await Get(gateway, $"/dashboard/calls/{call.CallId}/summary.json", token: null);

        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_page_of_another_origin_reads_it_only_where_it_is_let_in(CancellationToken cancellationToken)
    {
        foreach (var (origin, allowed) in new[] { ("chrome-extension://abc", true), ("https://elsewhere.example", false) })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri(gateway.Address, "/calls/any/summary.json"));
            preflight.Headers.Add("Origin", origin);
            using var answer = await http.SendAsync(preflight, cancellationToken);
            Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.EqualTo(allowed), origin);
            Assert.That(answer.StatusCode, Is.EqualTo(allowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden), origin);
        }
    }

    static async Task<StartCallReply> EndedCall(RunningGateway gateway, CancellationToken cancellationToken)
    {
        await using var client = await HubClient.Connect(gateway);
        var call = await client.Start();
        await client.Say("1", Price);
        await client.Until<TurnSettled>(cancellationToken);
        await client.Invoke("EndCall");
        await client.Until<CallEnded>(cancellationToken);

        // It is kept a moment after the client is told.
        await Poll.Until(async () => (await Report(gateway, call))?.Summary is not null, TimeSpan.FromSeconds(10), "the summary is kept");
        return call;
    }

    static async Task<CallReport?> Report(RunningGateway gateway, StartCallReply call)
    {
        using var answer = await Get(gateway, $"/calls/{call.CallId}/summary.json", call.ResumeToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), ContractsJson.Default.CallReport)
            : null;
    }

    static async Task<HttpResponseMessage> Get(RunningGateway gateway, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
