using System.Net;
using System.Text.Json;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Cli;
using Teleprompter.Tests.Integration.Faults;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.Integration.SignIn;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.Privacy;

/// <summary>Who may export and delete what, what is left in a real Redis, and what the audit trail tells of it.</summary>
[CancelAfter(60_000)]
public sealed class KeptDataTests
{
    const string Words = "The platypus is too expensive, isn't it?";

    static RedisServer redis = null!;
    static ScriptedSignInServer provider = null!;
    static RunningGateway gateway = null!;

    [OneTimeSetUp]
    public static async Task Start()
    {
        (redis, provider) = (await RedisServer.Start(), await ScriptedSignInServer.StartAsync());
        gateway = await RunningGateway.Start(redis.Port, [.. provider.Settings, "--Gateway:CallsPerUser=100"]);
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        await gateway.DisposeAsync();
        await provider.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Test]
    public async Task A_call_is_exported_whole_to_its_rep_the_leads_of_its_team_and_administrators(CancellationToken cancellationToken)
    {
        await using var client = await SignInClient.Connect(gateway, provider, "ann");
        var call = await Talk(client, cancellationToken);

        foreach (var user in (string[])["bob", "tom"])
        {
            using var refused = await Ask(HttpMethod.Get, $"/calls/{call.CallId}/data", user);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), user);
        }

        foreach (var user in (string[])["ann", "lee", "ada"])
        {
            using var given = await Ask(HttpMethod.Get, $"/calls/{call.CallId}/data", user);
            var export = await given.Content.ReadAsStringAsync(cancellationToken);
            Assert.That(export, Does.Contain("platypus").And.Contain("Zebediah").And.Contain("\"subject\": \"ann\""), user);
            Assert.That(export, Does.Not.Contain("tokenHash").IgnoreCase);
        }

        Assert.That(
            (await Audit($"call={call.CallId}")).Select(entry => (entry.Action, entry.By)),
            Is.EqualTo(((AuditAction, string)[])
            [
                (AuditAction.Exported, "ada"), (AuditAction.Exported, "lee"), (AuditAction.Exported, "ann"),
            ]));
    }

    [Test]
    public async Task A_call_that_is_deleted_while_it_lasts_ends_and_leaves_no_word_in_Redis(CancellationToken cancellationToken)
    {
        await using var client = await SignInClient.Connect(gateway, provider, "sue");
        var call = await client.Start(new StartCallRequest(new CallBrief(CustomerName: "Wilhelmina")));
        await client.Say("1", "The wombat is too expensive, isn't it?");
        await client.Until<TurnSettled>(cancellationToken);
        Assert.That(await RedisContents.Of(redis), Does.Contain("wombat").And.Contain("Wilhelmina"));
        using var refused = await Ask(HttpMethod.Delete, $"/calls/{call.CallId}/data", "lee");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "a lead of another team");

        using var deleted = await Ask(HttpMethod.Delete, $"/calls/{call.CallId}/data", "tom");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await client.Until<CallEnded>(cancellationToken)).Reason, Is.EqualTo(EndReason.Deleted));
        Assert.That(() => client.Say("2", "And the wombat bites."), Throws.Exception.With.Message.Contains("was deleted"));
        Assert.That(await RedisContents.Of(redis), Does.Not.Contain("wombat").And.Not.Contain("Wilhelmina"));
        using var again = await Ask(HttpMethod.Delete, $"/calls/{call.CallId}/data", "tom");
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var entry = (await Audit($"call={call.CallId}")).Single();
        Assert.That((entry.Action, entry.By, entry.ByName, entry.Person), Is.EqualTo((AuditAction.Deleted, "tom", "Tom South", "sue")));
    }

    [TestCase("/calls/index.json")]
    [TestCase("/calls/price-objection.json")]
    public async Task The_sample_calls_of_the_panel_are_served_beside_the_addresses_of_calls(string path)
    {
        using var sample = await Ask(HttpMethod.Get, path, "ann");

        Assert.That(sample.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_persons_calls_are_exported_and_deleted_by_that_person_and_administrators_alone(CancellationToken cancellationToken)
    {
        await using var first = await SignInClient.Connect(gateway, provider, "bob");
        await Talk(first, cancellationToken);
        await first.Invoke("EndCall");
        await using var second = await SignInClient.Connect(gateway, provider, "bob");
        await Talk(second, cancellationToken);

        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, "/people/data"), (HttpMethod.Delete, "/people/data")])
        {
            using var refused = await Ask(method, $"{path}?subject=bob", "lee");
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        using var own = await Ask(HttpMethod.Get, "/people/data", "bob");
        using var export = JsonDocument.Parse(await own.Content.ReadAsStringAsync(cancellationToken));
        Assert.That(export.RootElement.GetProperty("calls").GetArrayLength(), Is.EqualTo(2));
        Assert.That(export.RootElement.GetRawText(), Does.Contain("platypus").And.Contain("personExported"));

        using var deleted = await Ask(HttpMethod.Delete, "/people/data?subject=bob", "ada");

        Assert.That(await deleted.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo("""{"deleted":2}"""));
        Assert.That((await second.Until<CallEnded>(cancellationToken)).Reason, Is.EqualTo(EndReason.Deleted));
        using var left = await Ask(HttpMethod.Get, "/people/data", "bob");
        Assert.That(await left.Content.ReadAsStringAsync(cancellationToken), Does.Not.Contain("platypus").And.Contain("\"calls\": []"));
    }

    [Test]
    public async Task Who_watches_a_call_or_reads_its_report_is_in_the_audit_trail_without_a_word_of_it(CancellationToken cancellationToken)
    {
        await using var client = await SignInClient.Connect(gateway, provider, "ann");
        var call = await Talk(client, cancellationToken);
        await using (var lead = await LeadViewer.Watch(gateway.Address, await SignInClient.TicketOf(gateway, provider, "lee")))
        {
            await foreach (var sight in lead.WatchCall(call.CallId, cancellationToken))
            {
                Assert.That(sight, Is.Not.Null);
                break;
            }
        }

        using var report = await Ask(HttpMethod.Get, $"/dashboard/calls/{call.CallId}/summary.json", "lee");
        Assert.That(report.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var refused = await Ask(HttpMethod.Get, "/audit", "lee");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "administrators alone read the trail");

        var entries = await Audit($"call={call.CallId}");
        Assert.That(
            entries.Select(entry => (entry.Action, entry.By, entry.Person, entry.Team)),
            Is.EqualTo(((AuditAction, string, string, string)[])
                [(AuditAction.ReportRead, "lee", "ann", "north"), (AuditAction.Watched, "lee", "ann", "north")]));
        using var all = await Ask(HttpMethod.Get, "/audit?count=1000", "ada");
        Assert.That(await all.Content.ReadAsStringAsync(cancellationToken), Does.Not.Contain("platypus").And.Not.Contain("Zebediah"));
    }

    [Test]
    public async Task The_command_exports_deletes_and_lists_the_trail(CancellationToken cancellationToken)
    {
        await using var client = await SignInClient.Connect(gateway, provider, "ann");
        var call = await Talk(client, cancellationToken);
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, await provider.AccessToken("ada"), cancellationToken);
        string[] to = ["--url", $"{gateway.Address}", "--token-file", token];
        try
        {
            var export = await CommandRun.Of(cancellationToken, ["export", "--call", call.CallId, .. to]);
            Assert.That(export.Output, Does.Contain("platypus"), export.Error);

            var unsure = await CommandRun.Of(cancellationToken, ["delete", "--call", call.CallId, .. to]);
            Assert.That((unsure.ExitCode, unsure.Error.Contains("--yes", StringComparison.Ordinal)), Is.EqualTo((2, true)), unsure.Error);

            var deleted = await CommandRun.Of(cancellationToken, ["delete", "--call", call.CallId, "--yes", .. to]);
            Assert.That((deleted.ExitCode, deleted.Output.Trim()), Is.EqualTo((0, "Calls deleted: 1.")), deleted.Error);

            var trail = await CommandRun.Of(cancellationToken, ["audit", "--call", call.CallId, .. to]);
            Assert.That(trail.Output, Does.Match($"Deleted +Ada Admin +{call.CallId} of ann").And.Match("Exported +Ada Admin"));

            var gone = await CommandRun.Of(cancellationToken, ["export", "--call", call.CallId, .. to]);
            Assert.That((gone.ExitCode, gone.Error.Contains("no such call", StringComparison.Ordinal)), Is.EqualTo((2, true)), gone.Error);
            var nothing = await CommandRun.Of(cancellationToken, ["export", .. to]);
            Assert.That(nothing.Error, Does.Contain("Say one of --call, --person and --me."));
        }
        finally
        {
            File.Delete(token);
        }
    }

    static async Task<StartCallReply> Talk(HubClient client, CancellationToken cancellationToken)
    {
        var call = await client.Start(new StartCallRequest(new CallBrief(CustomerName: "Zebediah")));
        await client.Say("1", Words);
        await client.Until<TurnSettled>(cancellationToken);
        return call;
    }

    static async Task<HttpResponseMessage> Ask(HttpMethod method, string path, string user) =>
        await SignInClient.Ask(gateway, method, path, await provider.AccessToken(user));

    static async Task<IReadOnlyList<AuditEntry>> Audit(string query)
    {
        using var answer = await Ask(HttpMethod.Get, $"/audit?{query}", "ada");
        return JsonSerializer.Deserialize(
            await answer.Content.ReadAsStringAsync(), ContractsJson.Default.AuditReport)!.Entries;
    }
}
