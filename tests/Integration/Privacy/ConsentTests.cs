using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework.Constraints;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Tests.Integration.Cli;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.SignIn;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.Privacy;

/// <summary>Nothing said is taken before the consent that a team needs.</summary>
[CancelAfter(60_000)]
public sealed class ConsentTests
{
    const string Policy = "2026-11";

    static readonly Consent everyones = new(ConsentMethod.Spoken, Policy, Everyone: true);
    static readonly ToldBus told = new();
    static RunningGateway gateway = null!;

    [OneTimeSetUp]
    public static async Task StartGateway() => gateway = await RunningGateway.Start(
        services => services.AddSingleton<IMessageBus>(told), "--Consent:Mode=AllParty", $"--Consent:PolicyVersion={Policy}");

    [OneTimeTearDown]
    public static async Task StopGateway() => await gateway.DisposeAsync();

    [Test]
    public async Task Words_and_voices_are_refused_until_consent_is_recorded_and_cost_nothing_else(CancellationToken cancellationToken)
    {
        told.Messages.Clear();
        await using var client = await HubClient.Connect(gateway);
        await client.Start();
        var refused = GatewayTelemetry.Refused;

        Assert.That(() => client.Say("1", "The price is too high."), NeedsConsent);
        Assert.That(
            () => client.Invoke("SendTranscript", new TranscriptSegment("2", Speaker.Rep, "Well", Final: false)), NeedsConsent);
        Assert.That(() => client.Invoke("SendAudio", Voice(0)), NeedsConsent);
        Assert.That(GatewayTelemetry.Refused - refused, Is.EqualTo(3));
        Assert.That(told.Messages.Select(message => message.Input), Has.None.InstanceOf<SegmentHeard>().And.None.InstanceOf<AudioHeard>());

        await client.Invoke("RecordConsent", everyones);
        await client.Say("1", "The price is too high.");
        Assert.That((await client.Until<TurnSettled>(cancellationToken)).TurnId, Is.EqualTo("1"));
        await client.Invoke("SendAudio", Voice(0));
        Assert.That((await told.Frames.Reader.ReadAsync(cancellationToken)).Number, Is.Zero);
    }

    [Test]
    public async Task Consent_to_another_policy_or_of_the_rep_alone_is_not_enough_where_everybody_must_agree()
    {
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        Assert.That(() => client.Invoke("RecordConsent", everyones with { Everyone = false }), Says("everyone: true"));
        Assert.That(() => client.Invoke("RecordConsent", everyones with { PolicyVersion = "2025-01" }), Says("version 2026-11"));
        Assert.That(() => client.Invoke("RecordConsent", everyones with { PolicyVersion = null! }), Says("policyVersion is missing"));
        Assert.That(() => client.Invoke("RecordConsent", everyones with { PolicyVersion = new string('x', 65) }), Says("at most 64"));
        Assert.That(() => client.Say("1", "The price is too high."), NeedsConsent);

        await client.Invoke("RecordConsent", everyones);
        await client.Say("1", "The price is too high.");
    }

    [Test]
    public async Task A_start_with_consent_to_an_old_policy_is_refused()
    {
        await using var client = await HubClient.Connect(gateway);

        Assert.That(() => client.Start(new StartCallRequest(Consent: everyones with { PolicyVersion = "old" })), Says("version 2026-11"));
        await client.Start(new StartCallRequest(Consent: everyones));
    }

    [Test]
    public async Task Consent_is_kept_with_the_call_for_later_connections_and_its_report(CancellationToken cancellationToken)
    {
        await using var first = await HubClient.Connect(gateway);
        var call = await first.Start();
        await first.Invoke("RecordConsent", everyones);
        await using var second = await HubClient.Connect(gateway);
        await second.Start(new StartCallRequest(Resume: new ResumeRequest(call.CallId, call.ResumeToken, call.Number)));

        await second.Say("1", "The price is too high.");

        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", call.ResumeToken);
        var report = await http.GetStringAsync($"/calls/{call.CallId}/summary.json", cancellationToken);
        Assert.That(report, Does.Contain("\"method\":\"spoken\"").And.Contain("\"everyone\":true"));
        Assert.That(
            await http.GetStringAsync($"/calls/{call.CallId}/summary.md", cancellationToken),
            Does.Contain("Consent: everyone, spoken, policy 2026\\-11").Or.Contain("Consent: everyone, spoken, policy 2026-11"));
    }

    [Test]
    public async Task The_command_says_that_nobody_is_on_its_calls(CancellationToken cancellationToken)
    {
        var check = await CommandRun.Of(cancellationToken, "check", "--url", $"{gateway.Address}");

        Assert.That(check.ExitCode, Is.Zero, check.Output + check.Error);
    }

    [Test]
    public async Task A_team_has_a_mode_of_its_own_and_the_record_names_who_said_so(CancellationToken cancellationToken)
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        await using var company = await RunningGateway.Start(
            null,
            [.. provider.Settings, "--Consent:Mode=OneParty", "--Consent:Teams:south=AllParty", $"--Consent:PolicyVersion={Policy}"]);
        await using var north = await SignInClient.Connect(company, provider, "ann");
        await north.Start(new StartCallRequest(Consent: everyones with { Everyone = false }));
        await north.Say("1", "The price is too high.");

        await using var south = await SignInClient.Connect(company, provider, "sue");
        var call = await south.Start();
        Assert.That(() => south.Say("1", "The price is too high."), NeedsConsent);
        await south.Invoke("RecordConsent", everyones);
        await south.Say("1", "The price is too high.");

        var sue = await provider.AccessToken("sue");
        using var policy = await SignInClient.Ask(company, HttpMethod.Get, "/consent", sue);
        Assert.That(await policy.Content.ReadAsStringAsync(cancellationToken), Does.Contain("\"mode\":\"allParty\""));
        using var report = await SignInClient.Ask(company, HttpMethod.Get, $"/calls/{call.CallId}/summary.json", sue);
        Assert.That(await report.Content.ReadAsStringAsync(cancellationToken), Does.Contain("\"by\":\"Sue South\""));
    }

    [Test]
    public void A_mode_without_a_policy_stops_the_start() => Assert.That(
        () => RunningGateway.Start(null, "--Consent:Mode=OneParty"), Throws.Exception.With.Message.Contains("Consent:PolicyVersion must"));

    static ContainsConstraint NeedsConsent => Throws.TypeOf<HubException>().With.Message.Contains("consent: Consent");

    static ContainsConstraint Says(string words) => Throws.TypeOf<HubException>().With.Message.Contains(words);

    static async IAsyncEnumerable<AudioFrame> Voice(long number)
    {
        await Task.CompletedTask;
        yield return new AudioFrame(Speaker.Customer, number, AtMs: 0, new byte[1280], EndOfSpeech: true);
    }
}
