using System.Threading.Channels;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>What a client promises whatever its gateway does.</summary>
[CancelAfter(15_000)]
public sealed class CallClientTests
{
    FakeGateway gateway = null!;
    CallClient client = null!;
    readonly List<string> trouble = [];
    int startedAnew;

    [SetUp]
    public async Task Connect()
    {
        gateway = await FakeGateway.Start();
        client = new CallClient(new CallClientOptions(gateway.Address)
        {
            Brief = new CallBrief(CustomerName: "Lee"),
            Random = () => 0,
            Trouble = trouble.Add,
            StartedAnew = () => startedAnew++,
        });
        await client.ConnectAsync();
        await gateway.Starts.Reader.ReadAsync();
    }

    [TearDown]
    public async Task Close()
    {
        await client.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [Test]
    public async Task A_final_that_was_not_acknowledged_is_sent_again_with_its_id_once_the_connection_is_back(
        CancellationToken cancellationToken)
    {
        gateway.Stores = false;
        client.Hear(Final("c-1", "Is it safe?"));
        client.Hear(Final("c-2", "hang up"));
        await Next(gateway.Heard, cancellationToken);
        await Next(gateway.Heard, cancellationToken);
        gateway.Stores = true;
        Assert.That(client.Unacknowledged, Is.EqualTo(2));

        await Next(gateway.Starts, cancellationToken);
        Assert.That((await Next(gateway.Heard, cancellationToken)).SegmentId, Is.EqualTo("c-1"));
        Assert.That((await Next(gateway.Heard, cancellationToken)).SegmentId, Is.EqualTo("c-2"));
    }

    [Test]
    public async Task An_acknowledged_final_is_not_sent_again(CancellationToken cancellationToken)
    {
        client.Hear(Final("c-1", "Is it safe?"));
        await Next(gateway.Heard, cancellationToken);
        while (client.Unacknowledged > 0)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }

        client.Hear(Interim("c-2", "hang up"));
        await Next(gateway.Heard, cancellationToken);
        await Next(gateway.Starts, cancellationToken);
        client.Hear(Final("c-3", "And now?"));
        while ((await Next(gateway.Heard, cancellationToken)) is { SegmentId: not "c-3" } other)
        {
            Assert.That(other.SegmentId, Is.Not.EqualTo("c-1"));
        }
    }

    [Test]
    public async Task A_reconnect_resumes_the_call_from_the_last_event_handled(CancellationToken cancellationToken)
    {
        var events = client.Events(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await gateway.Send(Update(1));
        await events.MoveNextAsync();
        client.Hear(Interim("c-1", "hang up"));
        var resume = (await Next(gateway.Starts, cancellationToken)).Resume;
        Assert.That(resume, Is.EqualTo(new ResumeRequest("call", "secret", 1, resume!.AtMs)));
        Assert.That(resume.AtMs, Is.InRange(FakeGateway.ElapsedMs, FakeGateway.ElapsedMs + 60_000), "the call's clock, not the client's");
        await events.DisposeAsync();
    }

    [Test]
    public async Task A_call_that_cannot_be_resumed_is_started_anew_and_said_so(CancellationToken cancellationToken)
    {
        gateway.Reply = _ => new("other", "secret2", 0, 0, Resumed: false);
        client.Hear(Interim("c-1", "hang up"));
        await Next(gateway.Starts, cancellationToken);
        while (client.Ticket?.CallId != "other")
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }

        Assert.That(startedAnew, Is.EqualTo(1));
        Assert.That(client.View.Brief.CustomerName, Is.EqualTo("Lee"));
    }

    [Test]
    public async Task An_event_that_overtakes_the_reply_to_the_start_counts(CancellationToken cancellationToken)
    {
        gateway.SentBeforeTheReply = Update(1);
        await using var other = new CallClient(new CallClientOptions(gateway.Address));
        var events = other.Events(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await other.ConnectAsync(cancellationToken);
        await events.MoveNextAsync();
        Assert.That(other.View.Segments, Has.Count.EqualTo(1));
        await events.DisposeAsync();
    }

    [Test]
    public async Task A_gap_asks_for_one_snapshot_which_sets_it_right(CancellationToken cancellationToken)
    {
        var events = client.Events(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await gateway.Send(Update(1));
        await gateway.Send(Update(3));
        await gateway.Send(Update(4));
        Assert.That(await Next(gateway.Asked, cancellationToken), Is.EqualTo(nameof(ICallHub.Resync)));
        await gateway.Send(new Restored([], null, [], null, CallBrief.Empty, client.View.Status, 2000) { Number = 5 });
        await gateway.Send(Update(6));
        var numbers = new List<long>();
        while (numbers.LastOrDefault() != 6 && await events.MoveNextAsync())
        {
            numbers.Add(events.Current.Number);
        }

        Assert.That(numbers, Is.EqualTo(new long[] { 1, 5, 6 }));
        Assert.That(gateway.Asked.Reader.TryRead(out _), Is.False);
        await events.DisposeAsync();
    }

    [Test]
    public async Task Progress_is_acknowledged_every_sixteen_events(CancellationToken cancellationToken)
    {
        for (var number = 1; number <= 32; number++)
        {
            await gateway.Send(Update(number));
        }

        Assert.That((await Next(gateway.Acknowledged, cancellationToken)).Number, Is.EqualTo(16));
        Assert.That((await Next(gateway.Acknowledged, cancellationToken)).Number, Is.EqualTo(32));
    }

    [Test]
    public async Task A_completed_suggestion_is_acknowledged_with_the_networks_part_of_its_latency(CancellationToken cancellationToken)
    {
        client.Hear(Final("c-1", "Is it safe?"));
        await Next(gateway.Heard, cancellationToken);
        await gateway.Send(new SuggestionStarted("s-1", ["c-1"], SuggestionSource.Playbook, "security") { Number = 1 });
        await gateway.Send(new SuggestionDelta("s-1", 0, "Yes.") { Number = 2 });
        await gateway.Send(
            new SuggestionCompleted("s-1", "Yes.", SuggestionSource.Playbook, "security", "1", new(0, 0, 0, 0, 0, 0, 0)) { Number = 3 });
        var progress = await Next(gateway.Acknowledged, cancellationToken);
        Assert.That(progress.SuggestionId, Is.EqualTo("s-1"));
        Assert.That(progress.NetworkMs, Is.GreaterThan(0).And.LessThan(15_000));
    }

    [Test]
    public async Task A_client_whose_call_moved_elsewhere_stays_away(CancellationToken cancellationToken)
    {
        var events = client.Events(cancellationToken);
        await gateway.Send(new CallEnded(EndReason.MovedElsewhere) { Number = 1 });
        var heard = new List<CallEvent>();
        await foreach (var callEvent in events)
        {
            heard.Add(callEvent);
        }

        Assert.That(heard.Single(), Is.InstanceOf<CallEnded>());
        Assert.That(client.StatusLine.Kind, Is.EqualTo(StatusKind.Moved));
        await Next(gateway.Left, cancellationToken);
        Assert.That(gateway.Starts.Reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task Off_the_record_nothing_leaves_the_client(CancellationToken cancellationToken)
    {
        await client.Pause();
        Assert.That(await Next(gateway.Asked, cancellationToken), Is.EqualTo(nameof(ICallHub.Pause)));
        client.Hear(Final("c-1", "Secret."));
        await client.Resume();
        client.Hear(Final("c-2", "Public?"));
        Assert.That((await Next(gateway.Heard, cancellationToken)).SegmentId, Is.EqualTo("c-2"));
        Assert.That(client.Dropped, Is.EqualTo(1));
    }

    [Test]
    public async Task A_sentence_ends_its_turn_after_a_pause(CancellationToken cancellationToken)
    {
        client.Hear(Final("c-1", "That is a lot of money."));
        Assert.That((await Next(gateway.Heard, cancellationToken)).EndOfTurn, Is.False);
        Assert.That((await Next(gateway.Heard, cancellationToken)).EndOfTurn, Is.True);
    }

    [Test]
    public void A_refusal_comes_in_the_gateways_own_words() =>
        Assert.That(client.SuggestNow, Throws.InstanceOf<CallRefusedException>().With.Message.EqualTo("Not now."));

    [Test]
    public async Task A_final_that_could_not_be_stored_is_sent_again_until_it_is(CancellationToken cancellationToken)
    {
        gateway.Refuses = "retry: Storage is not reachable.";
        client.Hear(Final("c-1", "Is it safe?"));
        await Next(gateway.Heard, cancellationToken);
        await Next(gateway.Heard, cancellationToken);
        Assert.That(client.Unacknowledged, Is.EqualTo(1));
        gateway.Refuses = null;
        Assert.That((await Next(gateway.Heard, cancellationToken)).SegmentId, Is.EqualTo("c-1"));
        await Until(() => client.Unacknowledged == 0, cancellationToken);
        Assert.That(trouble, Has.All.EqualTo("Storage is not reachable."));
    }

    [Test]
    public async Task A_final_that_is_wrong_is_given_up_and_said_so(CancellationToken cancellationToken)
    {
        gateway.Refuses = "text is empty.";
        client.Hear(Final("c-1", "Is it safe?"));
        await Until(() => client.Unacknowledged == 0, cancellationToken);
        Assert.That(trouble, Is.EqualTo(new[] { "text is empty." }));
    }

    [Test]
    public async Task Feedback_is_kept_over_a_lost_connection_and_a_refusal_that_passes_in_its_order(CancellationToken cancellationToken)
    {
        gateway.Refuses = "retry: Too many messages.";
        client.Hear(Interim("c-1", "hang up"));
        client.SendFeedback(new SuggestionFeedback("s-1", FeedbackKind.Pinned));
        client.SendFeedback(new SuggestionFeedback("s-1", FeedbackKind.Unpinned));
        await Next(gateway.Feedback, cancellationToken);
        gateway.Refuses = null;
        await Until(() => client.FeedbackWaiting == 0, cancellationToken);
        var kinds = new List<FeedbackKind>();
        while (gateway.Feedback.Reader.TryRead(out var feedback))
        {
            kinds.Add(feedback.Kind);
        }

        Assert.That(kinds[^1], Is.EqualTo(FeedbackKind.Unpinned));
        Assert.That(kinds[..^1], Is.Not.Empty.And.All.EqualTo(FeedbackKind.Pinned));
    }

    [Test]
    public async Task A_gateway_that_is_not_there_is_tried_again_and_again(CancellationToken cancellationToken)
    {
        await using var other = await FakeGateway.Start();
        var address = other.Address;
        await other.DisposeAsync();
        var attempts = Channel.CreateUnbounded<string>();
        await using var waiting = new CallClient(
            new CallClientOptions(address) { Random = () => 0, Trouble = why => attempts.Writer.TryWrite(why) });
        _ = waiting.ConnectAsync(cancellationToken);
        await Next(attempts, cancellationToken);
        await Next(attempts, cancellationToken);
        await Next(attempts, cancellationToken);
        Assert.That(waiting.StatusLine.Kind, Is.EqualTo(StatusKind.Connecting));
    }

    static async Task Until(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    static async Task<T> Next<T>(Channel<T> channel, CancellationToken cancellationToken) =>
        await channel.Reader.ReadAsync(cancellationToken);

    static TranscriptSegment Final(string id, string text) => new(id, Speaker.Customer, text, Final: true);

    static TranscriptSegment Interim(string id, string text) => new(id, Speaker.Customer, text, Final: false);

    static TranscriptUpdated Update(long number) =>
        new($"c-{number}", Speaker.Customer, "Hi.", Final: true, EndOfTurn: true, 0, 0) { Number = number };
}
