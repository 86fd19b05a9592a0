using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Worker;

public sealed class CallInboxTests
{
    static readonly ClientAttached Old = new("connection-1", Since: 100);
    static readonly ClientAttached New = new("connection-2", Since: 200);

    readonly ManualTimeProvider time = new();
    readonly CallInbox inbox = new();

    [Test]
    public void A_hole_in_the_sequence_is_noticed_at_the_next_input()
    {
        Assert.That(Receive(1, Old), Is.False);
        Assert.That(Receive(2), Is.False);
        Assert.That(Receive(4), Is.True);
        Assert.That(Receive(5), Is.False);
    }

    [Test]
    public void A_lost_last_input_is_noticed_at_the_second_heartbeat_that_tells_of_it()
    {
        Receive(1, Old);
        Assert.That(Compare(Old, lastSeq: 2), Is.EqualTo(InboxStep.None));
        Assert.That(Compare(Old, lastSeq: 2), Is.EqualTo(InboxStep.Recheck));
        Assert.That(Compare(Old, lastSeq: 2), Is.EqualTo(InboxStep.None));
    }

    [Test]
    public void An_attachment_that_got_lost_is_learnt_from_the_heartbeat() =>
        Assert.That(Compare(Old, lastSeq: 1), Is.EqualTo(InboxStep.Attach));

    [Test]
    public void A_heartbeat_of_an_older_connection_does_not_take_the_call_back()
    {
        Receive(1, Old);
        Receive(1, New);

        Assert.That(Compare(Old, lastSeq: 9), Is.EqualTo(InboxStep.None));
        Assert.That(Compare(New, lastSeq: 1), Is.EqualTo(InboxStep.None));
    }

    [Test]
    public void A_connection_that_is_gone_holds_the_call_against_none_however_early_that_one_began()
    {
        Receive(1, New);
        Receive(2, new ClientDetached(New.ConnectionId));

        Assert.That(Compare(Old, lastSeq: 1), Is.EqualTo(InboxStep.Attach));
        Receive(1, Old);
        Assert.That(Compare(Old, lastSeq: 1), Is.EqualTo(InboxStep.None));
        Assert.That(Compare(New, lastSeq: 2), Is.EqualTo(InboxStep.Attach), "it is there after all, and newer");
    }

    [Test]
    public void A_connection_that_was_only_slow_holds_the_call_again()
    {
        Receive(1, New);
        Receive(2, new ClientDetached(New.ConnectionId));
        Receive(3, New);

        Assert.That(Compare(Old, lastSeq: 1), Is.EqualTo(InboxStep.None));
    }

    [Test]
    public void A_connection_whose_leaving_was_heard_of_after_its_return_is_back_with_its_next_heartbeat()
    {
        Receive(1, Old);
        Receive(3, Old);
        Receive(2, new ClientDetached(Old.ConnectionId));

        Assert.That(Compare(Old, lastSeq: 3), Is.EqualTo(InboxStep.Attach));
    }

    [Test]
    public void A_new_owner_joins_a_connection_in_the_middle_of_its_sequence()
    {
        Assert.That(Receive(17, Old), Is.False);
        Assert.That(Receive(18), Is.False);
    }

    [Test]
    public void A_connection_whose_gateway_fell_silent_is_gone_and_back_with_its_next_heartbeat()
    {
        Receive(1, Old);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(inbox.Silent(time), Is.Null);

        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(inbox.Silent(time), Is.EqualTo("connection-1"));
        Assert.That(inbox.Silent(time), Is.Null, "said once");

        Assert.That(Compare(Old, lastSeq: 1), Is.EqualTo(InboxStep.Attach));
    }

    [Test]
    public void A_connection_taken_for_gone_is_back_even_where_its_last_inputs_were_lost()
    {
        Receive(1, Old);
        Compare(Old, lastSeq: 2);
        time.Advance(TimeSpan.FromSeconds(2));
        inbox.Silent(time);

        Assert.That(Compare(Old, lastSeq: 2), Is.EqualTo(InboxStep.Attach));
        Assert.That(Compare(Old, lastSeq: 2), Is.EqualTo(InboxStep.Recheck));
    }

    [Test]
    public void What_a_connection_said_before_its_attachment_arrived_was_lost()
    {
        Receive(1, Old);
        Assert.That(Receive(4, New), Is.True);
    }

    bool Receive(long seq, CallInput? input = null) => inbox.Receive(
        new ToWorker(
            "call",
            7,
            input switch { ClientAttached on => on.ConnectionId, ClientDetached off => off.ConnectionId, _ => Old.ConnectionId },
            seq,
            input ?? new SuggestNowAsked()),
        time.GetTimestamp());

    InboxStep Compare(ClientAttached attached, long lastSeq) =>
        inbox.Compare(new ConnectionBeat("call", 7, attached, lastSeq), time.GetTimestamp());
}
