using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Gateway;

[CancelAfter(30_000)]
public sealed class CallTests
{
    RunningGateway gateway = null!;
    HubClient client = null!;

    [SetUp]
    public async Task StartGateway()
    {
        gateway = await RunningGateway.Start();
        client = await HubClient.Connect(gateway);
    }

    [TearDown]
    public async Task StopGateway()
    {
        await client.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [TestCase(null, "de")]
    [TestCase("", "de")]
    [TestCase("auto", "auto")]
    [TestCase("fr-CA", "fr-CA")]
    public async Task A_call_has_the_language_its_client_names_or_else_the_gateways(string? asked, string language)
    {
        await using var german = await RunningGateway.Start(null, "--Calls:Language=de");
        await using var client = await HubClient.Connect(german);

        Assert.That((await client.Start(new StartCallRequest(Language: asked))).Language, Is.EqualTo(language));
    }

    [TestCase("English")]
    [TestCase("de_DE")]
    [TestCase("d")]
    public async Task A_language_that_is_no_tag_is_refused(string language)
    {
        await using var client = await HubClient.Connect(gateway);

        Assert.That(
            async () => await client.Start(new StartCallRequest(Language: language)),
            Throws.TypeOf<HubException>().With.Message.Contains("\"pt-BR\""));
    }

    [Test]
    public async Task What_the_customer_says_becomes_a_card_and_a_suggestion(CancellationToken cancellationToken)
    {
        var reply = await client.Start(new(new CallBrief(CustomerName: "Lee", Company: "Northwind")));
        await client.Say("1", "Honestly, that is more expensive than we expected.");

        var settled = await client.Until<TurnSettled>(cancellationToken);

        Assert.That(reply.Resumed, Is.False);
        Assert.That(settled, Has.Property("TurnId").EqualTo("1").And.Property("Outcome").EqualTo(TurnOutcome.Suggested));
        Assert.That(client.Heard.OfType<CardShown>().Single().CardId, Is.EqualTo("price-too-high"));
        Assert.That(client.Heard.Select(e => e.Number), Is.EqualTo(Enumerable.Range(1, client.Heard.Count)));
        Assert.That(client.Heard.OfType<SuggestionCompleted>().Single().Latency.BusMs, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_call_resumed_comes_back_as_it_was_and_numbers_go_on(CancellationToken cancellationToken)
    {
        var started = await client.Start();
        await client.Say("1", "The price is too high.");
        var last = await client.Until<TurnSettled>(cancellationToken);
        await client.DisposeAsync();

        await using var again = await HubClient.Connect(gateway);
        var resumed = await again.Start(new(Resume: new(started.CallId, started.ResumeToken, last.Number)));
        var restored = await again.Until<Restored>(cancellationToken);

        Assert.That((resumed.Resumed, resumed.CallId, resumed.Number), Is.EqualTo((true, started.CallId, last.Number)));
        Assert.That(resumed.ElapsedMs, Is.GreaterThanOrEqualTo(started.ElapsedMs));
        Assert.That(restored.Number, Is.EqualTo(last.Number + 1));
        Assert.That(restored.Segments.Single().Text, Is.EqualTo("The price is too high."));
        Assert.That(restored.Recent, Has.Count.EqualTo(1));
        Assert.That(restored.Card, Is.Not.Null);
    }

    [Test]
    public async Task A_final_sent_again_after_a_resume_is_acknowledged_and_shown_once(CancellationToken cancellationToken)
    {
        var started = await client.Start();
        await client.Say("1", "The price is too high.");
        await client.Until<TurnSettled>(cancellationToken);
        await client.DisposeAsync();

        await using var again = await HubClient.Connect(gateway);
        await again.Start(new(Resume: new(started.CallId, started.ResumeToken, 0)));
        await again.Say("1", "The price is too high.");
        await again.Invoke("EndCall");
        await again.Until<CallEnded>(cancellationToken);

        Assert.That(again.Heard.OfType<TranscriptUpdated>(), Is.Empty);
        Assert.That(again.Heard.OfType<TurnSettled>(), Is.Empty);
    }

    [Test]
    public async Task The_newest_connection_of_a_call_wins(CancellationToken cancellationToken)
    {
        var started = await client.Start();

        await using var newer = await HubClient.Connect(gateway);
        await newer.Start(new(Resume: new(started.CallId, started.ResumeToken, 0)));
        var ended = await client.Until<CallEnded>(cancellationToken);
        await newer.Say("1", "The price is too high.");

        Assert.That(ended.Reason, Is.EqualTo(EndReason.MovedElsewhere));
        Assert.That((await newer.Until<TurnSettled>(cancellationToken)).Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public async Task A_call_that_is_not_yours_is_not_resumed(CancellationToken cancellationToken)
    {
        var started = await client.Start();
        await client.Say("1", "The price is too high.");
        await client.Until<TurnSettled>(cancellationToken);

        await using var stranger = await HubClient.Connect(gateway);
        var reply = await stranger.Start(new(Resume: new(started.CallId, new string('0', 64), 0)));
        var restored = await stranger.Until<Restored>(cancellationToken);

        Assert.That(reply.Resumed, Is.False);
        Assert.That(reply.CallId, Is.Not.EqualTo(started.CallId));
        Assert.That(restored.Segments, Is.Empty);
    }

    [Test]
    public async Task An_unknown_call_starts_a_new_one_and_says_so()
    {
        var reply = await client.Start(new(Resume: new("nothing", "at all", 12)));

        Assert.That((reply.Resumed, reply.Number), Is.EqualTo((false, 12L)));
    }

    [Test]
    public async Task A_call_that_was_ended_is_over(CancellationToken cancellationToken)
    {
        var started = await client.Start();
        await client.Invoke("EndCall");
        Assert.That((await client.Until<CallEnded>(cancellationToken)).Reason, Is.EqualTo(EndReason.Ended));

        await using var again = await HubClient.Connect(gateway);
        Assert.That((await again.Start(new(Resume: new(started.CallId, started.ResumeToken, 0)))).Resumed, Is.False);
    }

    [Test]
    public async Task Resync_brings_the_state(CancellationToken cancellationToken)
    {
        await client.Start();
        await client.Until<Restored>(cancellationToken);
        await client.Say("1", "Good to see you.", Speaker.Rep);

        await client.Invoke("Resync");

        Assert.That((await client.Until<Restored>(cancellationToken)).Segments.Single().Text, Is.EqualTo("Good to see you."));
    }

    [Test]
    public async Task What_is_said_off_the_record_is_neither_shown_nor_kept_and_the_sender_is_told(CancellationToken cancellationToken)
    {
        await client.Start();
        await client.Invoke("Pause");
        await client.Invoke("SendTranscript", new TranscriptSegment("1", Speaker.Customer, "Between us, the price", Final: false));
        Assert.That(
            () => client.Say("1", "Between us, the price is too high."),
            Throws.InstanceOf<HubException>()
                .With.Message.EndsWith("HubException: The call is off the record, so this was not kept. Resume it before you send words."));
        await client.Invoke("Resume");
        await client.Say("2", "Is our data secure with you?");
        await client.Until<TurnSettled>(cancellationToken);
        await client.Invoke("Resync");

        var restored = await client.Until<Restored>(cancellationToken);

        Assert.That(restored.Segments.Select(segment => segment.SegmentId), Is.EqualTo(["2"]));
        Assert.That(client.Heard.OfType<TranscriptUpdated>().Select(words => words.SegmentId), Is.EqualTo(["2"]));
    }

    [Test]
    public async Task A_final_that_was_kept_before_a_pause_is_acknowledged_when_it_is_sent_again_during_the_pause()
    {
        await client.Start();
        await client.Say("1", "Is our data secure with you?");
        await client.Invoke("Pause");
        Assert.That(() => client.Say("1", "Is our data secure with you?"), Throws.Nothing);
    }

    [Test]
    public async Task Times_that_cannot_be_are_clamped_not_refused(CancellationToken cancellationToken)
    {
        await client.Start();
        await client.Invoke("SendTranscript", new TranscriptSegment("1", Speaker.Rep, "Hello.", Final: true, StartMs: -5, EndMs: 1L << 50));

        var words = await client.Until<TranscriptUpdated>(cancellationToken);

        Assert.That(words.StartMs, Is.Zero);
        Assert.That(words.EndMs, Is.InRange(0, 30_000));
    }
}
