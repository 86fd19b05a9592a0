using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Relay;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Relay;

[CancelAfter(10_000)]
public sealed class CallRelayTests
{
    const string Me = "connection-1";

    readonly ManualTimeProvider time = new();
    readonly List<CallInput> told = [];

    [Test]
    public async Task Numbers_go_on_from_where_the_client_was_without_a_hole(CancellationToken cancellationToken)
    {
        var relay = Relay(number: 39);
        relay.Relay(Snapshot(seq: 5));
        relay.Relay(Delta(seq: 6));
        relay.Relay(Delta(seq: 7));

        var events = await Ended(relay, cancellationToken);

        Assert.That(events.Select(e => e.Number), Is.EqualTo([40, 41, 42, 43]));
    }

    [Test]
    public void The_last_outcomes_that_were_shown_are_remembered_for_a_new_owner()
    {
        var relay = Relay();
        Assert.That(relay.Connection.Settled, Is.Null);

        relay.Relay(Snapshot(seq: 1));
        for (var turn = 1; turn <= 5; turn++)
        {
            relay.Relay(new FromWorker(7, turn + 1, new TurnSettled($"c-{turn}", TurnOutcome.Suggested, SettleReason.ByModel, "s")));
        }

        relay.MoveTo(8);
        relay.Relay(new FromWorker(7, 7, new TurnSettled("c-6", TurnOutcome.Suggested, SettleReason.ByModel, "s")));

        Assert.That(relay.Connection.Settled, Is.EqualTo(["c-2", "c-3", "c-4", "c-5"]), "the old owner's word does not count any more");
    }

    [Test]
    public async Task Nothing_is_shown_before_the_snapshot(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Delta(seq: 4));
        relay.Relay(Snapshot(seq: 5));

        var events = await Ended(relay, cancellationToken);

        Assert.That(events.Select(e => e.GetType()), Is.EqualTo([typeof(Restored), typeof(CallEnded)]));
    }

    [Test]
    public async Task A_gap_holds_everything_back_until_a_snapshot_that_was_asked_for(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        relay.Relay(Delta(seq: 3));
        relay.Relay(Delta(seq: 4));
        relay.Relay(Snapshot(seq: 5));
        relay.Relay(Delta(seq: 6));

        var events = await Ended(relay, cancellationToken);

        Assert.That(told, Is.EqualTo([new SnapshotAsked(Me)]));
        Assert.That(
            events.Select(e => e.GetType()),
            Is.EqualTo([typeof(Restored), typeof(Restored), typeof(SuggestionDelta), typeof(CallEnded)]));
    }

    [Test]
    public async Task A_repeated_message_is_not_shown_twice(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        relay.Relay(Delta(seq: 2));
        relay.Relay(Delta(seq: 2));

        Assert.That((await Ended(relay, cancellationToken)).OfType<SuggestionDelta>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Output_of_an_older_owner_is_not_shown(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        relay.Relay(Delta(seq: 2) with { Epoch = 6 });

        Assert.That((await Ended(relay, cancellationToken)).OfType<SuggestionDelta>(), Is.Empty);
    }

    [Test]
    public async Task A_new_owner_withdraws_what_the_lost_one_had_open(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        relay.Relay(new FromWorker(7, 2, new SuggestionStarted("s-1", ["c-1"], SuggestionSource.Model, null)));

        relay.MoveTo(8);
        relay.Relay(Snapshot(seq: 1) with { Epoch = 8 });

        var events = await Ended(relay, cancellationToken, epoch: 8);
        Assert.That(
            events.OfType<SuggestionWithdrawn>().Single(),
            Is.EqualTo(new SuggestionWithdrawn("s-1", WithdrawReason.WorkerLost) { Number = 3 }));
        Assert.That(events[^2], Is.TypeOf<Restored>());
    }

    [Test]
    public async Task A_newer_connection_of_the_call_wins(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        relay.Relay(Snapshot(seq: 2, connection: "connection-2"));
        relay.Relay(Delta(seq: 3));

        var events = await Pumped(relay, cancellationToken);

        Assert.That(events[^1], Is.EqualTo(new CallEnded(EndReason.MovedElsewhere) { Number = 2 }));
    }

    [Test]
    public async Task A_snapshot_that_an_older_connection_asked_for_does_not_end_the_one_that_is_about_to_take_the_call(
        CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1, connection: "connection-0"));
        Assert.That(relay.Ended, Is.False);
        Assert.That(told, Is.EqualTo(new[] { new ClientAttached(Me) }), "the owner is told again of the newer one");

        relay.Relay(Snapshot(seq: 2));
        relay.Relay(Snapshot(seq: 3, connection: "connection-2"));
        var events = await Pumped(relay, cancellationToken);

        Assert.That(events[0], Is.TypeOf<Restored>());
        Assert.That(events[^1], Is.EqualTo(new CallEnded(EndReason.MovedElsewhere) { Number = 2 }));
    }

    [Test]
    public async Task However_many_snapshots_an_older_connection_asked_for_the_newer_one_takes_the_call(CancellationToken cancellationToken)
    {
        var relay = Relay(since: 5000);
        relay.Relay(Snapshot(seq: 1, connection: "connection-0") with { Since = 1000 });
        relay.Relay(Snapshot(seq: 2, connection: "connection-0") with { Since = 1000 });
        relay.Relay(Snapshot(seq: 3, connection: "connection-0") with { Since = 1000 });
        Assert.That(told, Has.Count.EqualTo(1), "the owner is told once");

        relay.Relay(Snapshot(seq: 4));
        relay.Relay(Snapshot(seq: 5, connection: "connection-0") with { Since = 1000 });
        Assert.That(told, Has.Count.EqualTo(2), "an owner that forgot of the newer one is told again");
        Assert.That(relay.Ended, Is.False);

        relay.Relay(Snapshot(seq: 6, connection: "connection-2") with { Since = 9000 });
        Assert.That((await Pumped(relay, cancellationToken))[^1], Is.EqualTo(new CallEnded(EndReason.MovedElsewhere) { Number = 2 }));
    }

    [Test]
    public async Task A_connection_that_the_owner_does_not_give_the_call_is_told_so(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1, connection: "connection-2"));
        relay.Relay(Snapshot(seq: 2, connection: "connection-2"));

        var events = await Pumped(relay, cancellationToken);

        Assert.That(events, Is.EqualTo(new[] { new CallEnded(EndReason.MovedElsewhere) { Number = 1 } }));
    }

    [Test]
    public async Task A_call_that_was_ended_is_over_even_for_a_connection_that_has_not_begun(CancellationToken cancellationToken)
    {
        var relay = Relay();

        relay.Relay(new FromWorker(7, 9, new CallEnded(EndReason.Ended)));

        Assert.That(await Pumped(relay, cancellationToken), Is.EqualTo([new CallEnded(EndReason.Ended) { Number = 1 }]));
    }

    [Test]
    public void The_end_of_an_earlier_stay_does_not_end_a_connection_that_has_not_begun()
    {
        var relay = Relay();

        relay.Relay(new FromWorker(7, 9, new CallEnded(EndReason.Abandoned)));
        relay.Relay(Snapshot(seq: 1));
        relay.Relay(Delta(seq: 2));

        Assert.That(told, Is.Empty);
    }

    [Test]
    public async Task A_reader_far_behind_gets_one_snapshot_instead_of_what_it_missed(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        for (var seq = 2; seq < Outbox.Capacity + 100; seq++)
        {
            relay.Relay(Delta(seq));
        }

        Assert.That(told, Is.EqualTo([new ClientDetached(Me)]));

        var client = new RecordingClient(stopAfter: Outbox.Capacity);
        var pump = relay.Send(client, cancellationToken);
        await client.Stopped.WaitAsync(cancellationToken);
        Assert.That(told[^1], Is.EqualTo(new ClientAttached(Me)));

        relay.Relay(Snapshot(seq: 400));
        relay.Relay(new FromWorker(7, 401, new CallEnded(EndReason.Ended)));
        await pump;
        Assert.That(client.Events.Select(e => e.Number), Is.EqualTo(Enumerable.Range(1, Outbox.Capacity + 2)));
    }

    [Test]
    public async Task How_long_a_connection_has_not_taken_an_event_is_known(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        var client = new StuckClient();
        var pump = relay.Send(client, cancellationToken);

        time.Advance(TimeSpan.FromSeconds(11));

        Assert.That(relay.Outbox.Stalled, Is.EqualTo(TimeSpan.FromSeconds(11)));
        client.Release();
        relay.Relay(new FromWorker(7, 2, new CallEnded(EndReason.Ended)));
        await pump;
        Assert.That(relay.Outbox.Stalled, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void A_lost_last_event_is_asked_for_at_the_second_heartbeat_that_tells_of_it()
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));

        relay.Compare(new CallBeat("call", 7, LastSeq: 2));
        Assert.That(told, Is.Empty, "the event may be on its way");

        relay.Compare(new CallBeat("call", 7, LastSeq: 2));
        Assert.That(told, Is.EqualTo([new SnapshotAsked(Me)]));
    }

    [Test]
    public void A_heartbeat_of_another_owner_tells_nothing()
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));

        relay.Compare(new CallBeat("call", 6, LastSeq: 9));
        relay.Compare(new CallBeat("call", 6, LastSeq: 9));

        Assert.That(told, Is.Empty);
    }

    [Test]
    public async Task Storage_that_the_gateway_cannot_reach_is_called_unavailable_until_it_can(CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));

        relay.SetStorage(away: true);
        relay.SetStorage(away: true);
        relay.SetStorage(away: false);

        var events = await Ended(relay, cancellationToken);
        Assert.That(
            events.OfType<StatusChanged>().Select(changed => changed.Status.Storage),
            Is.EqualTo([StorageState.Unavailable, StorageState.Ready]));
    }

    [Test]
    public void A_snapshot_that_does_not_come_is_waited_for_until_it_is_asked_for_again()
    {
        var relay = Relay();
        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.That(relay.Waiting, Is.EqualTo(TimeSpan.FromSeconds(1.5)));

        relay.AskAgain();

        Assert.That(told, Is.EqualTo([new ClientAttached(Me)]));
        Assert.That(relay.Waiting, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task A_reader_stuck_at_one_event_is_away_since_then_and_gets_a_snapshot_when_it_reads_on(
        CancellationToken cancellationToken)
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        var client = new StuckClient();
        var pump = relay.Send(client, cancellationToken);
        time.Advance(TimeSpan.FromSeconds(2.5));

        relay.FallBehind();
        relay.FallBehind();
        Assert.That(told, Is.EqualTo([new ClientDetached(Me, 2500)]));

        client.Release();
        relay.Relay(new FromWorker(7, 2, new CallEnded(EndReason.Ended)));
        await pump;
        Assert.That(told[^1], Is.EqualTo(new ClientAttached(Me)).Or.EqualTo(new ClientDetached(Me, 2500)));
    }

    [Test]
    public void The_owner_learns_that_a_reader_caught_up_also_when_a_snapshot_was_on_its_way_meanwhile()
    {
        var relay = Relay();
        relay.Relay(Snapshot(seq: 1));
        var client = new StuckClient();
        _ = relay.Send(client, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(2.5));
        relay.FallBehind();

        relay.Relay(Snapshot(seq: 2));
        client.Release();

        Assert.That(told, Is.EqualTo([new ClientDetached(Me, 2500), (CallInput)new ClientAttached(Me)]));
    }

    [Test]
    public void A_reader_that_caught_up_in_the_same_moment_is_not_behind()
    {
        var relay = Relay();

        relay.FallBehind();

        Assert.That(told, Is.Empty);
        Assert.That(relay.Behind, Is.False);
    }

    static FromWorker Delta(long seq) => new(7, seq, new SuggestionDelta("s-1", (int)seq, "words"));

    static FromWorker Snapshot(long seq, string connection = Me) => new(
        7,
        seq,
        new Restored([], null, [], null, CallBrief.Empty, new(ModelState.None, StorageState.Ready, false, false, false, Hearing.Both), 0),
        connection);

    static Task<List<CallEvent>> Ended(CallRelay relay, CancellationToken cancellationToken, long epoch = 7)
    {
        var last = new RecordingClient(int.MaxValue);
        // The second one counts where the relay has not begun.
        relay.Relay(Snapshot(seq: 1000) with { Epoch = epoch, ConnectionId = "connection-2" });
        relay.Relay(Snapshot(seq: 1001) with { Epoch = epoch, ConnectionId = "connection-2" });
        return Pumped(relay, cancellationToken, last);
    }

    static async Task<List<CallEvent>> Pumped(CallRelay relay, CancellationToken cancellationToken, RecordingClient? client = null)
    {
        client ??= new RecordingClient(int.MaxValue);
        await relay.Send(client, cancellationToken);
        return client.Events;
    }

    CallRelay Relay(long number = 0, long since = 0) => new(new ClientAttached(Me, since), epoch: 7, number, told.Add, time);

    sealed class RecordingClient(int stopAfter) : ICallClient
    {
        readonly TaskCompletionSource stopped = new();

        public List<CallEvent> Events { get; } = [];

        public Task Stopped => stopped.Task;

        public Task ReceiveSpeech(SpeechFrame frame) => Task.CompletedTask;

        public Task Receive(CallEvent callEvent)
        {
            Events.Add(callEvent);
            if (Events.Count == stopAfter)
            {
                stopped.SetResult();
            }

            return Task.CompletedTask;
        }
    }

    sealed class StuckClient : ICallClient
    {
        readonly TaskCompletionSource released = new();

        public Task ReceiveSpeech(SpeechFrame frame) => Task.CompletedTask;

        public Task Receive(CallEvent callEvent) => released.Task;

        public void Release() => released.TrySetResult();
    }
}
