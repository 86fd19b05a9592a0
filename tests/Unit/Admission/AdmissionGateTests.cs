using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Admission;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AdmissionGateTests
{
    readonly ManualTimeProvider clock = new();
    readonly List<(string Call, AdmissionState State)> heard = [];

    [Test]
    public void Slots_are_granted_at_once_then_three_calls_are_pending_and_the_rest_are_held()
    {
        using var gate = Gate(slots: 2);
        var states = Enumerable.Range(0, 7).Select(i => Ask(gate, $"call-{i}").State).ToArray();
        Assert.That(states, Is.EqualTo(new[]
        {
            AdmissionState.Granted, AdmissionState.Granted,
            AdmissionState.Pending, AdmissionState.Pending, AdmissionState.Pending,
            AdmissionState.Held, AdmissionState.Held,
        }));
        Assert.That(heard, Is.Empty);
    }

    [Test]
    public void A_released_slot_goes_to_the_oldest_and_everyone_moves_up()
    {
        using var gate = Gate(slots: 1, pending: 1);
        var first = Ask(gate, "first");
        Ask(gate, "second");
        Ask(gate, "third");
        gate.Release(first);
        Assert.That(heard, Is.EqualTo(new[] { ("second", AdmissionState.Granted), ("third", AdmissionState.Pending) }));
    }

    [Test]
    public void A_rehearsal_waits_behind_every_live_call_however_early_it_asked()
    {
        using var gate = Gate(slots: 1, pending: 1);
        var busy = Ask(gate, "busy");
        var rehearsal = gate.Ask("rehearsal", Heard, last: true);
        clock.Advance(TimeSpan.FromSeconds(1));
        var call = Ask(gate, "call");
        Assert.That((rehearsal.State, call.State), Is.EqualTo((AdmissionState.Held, AdmissionState.Pending)));
        gate.Release(busy);
        Assert.That((rehearsal.State, call.State), Is.EqualTo((AdmissionState.Pending, AdmissionState.Granted)));
        gate.Release(call);
        Assert.That(rehearsal.State, Is.EqualTo(AdmissionState.Granted));
    }

    [Test]
    public void What_waited_for_eight_seconds_expires_and_leaves_the_line()
    {
        using var gate = Gate(slots: 1, pending: 0);
        var busy = Ask(gate, "busy");
        var held = Ask(gate, "held");
        clock.Advance(TimeSpan.FromSeconds(7.999));
        Assert.That(held.State, Is.EqualTo(AdmissionState.Held));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(heard, Is.EqualTo(new[] { ("held", AdmissionState.Expired) }));
        gate.Release(busy);
        Assert.That(held.State, Is.EqualTo(AdmissionState.Expired));
        Assert.That(Ask(gate, "next").State, Is.EqualTo(AdmissionState.Granted));
    }

    [Test]
    public void Asking_again_keeps_the_place_in_line_and_starts_the_eight_seconds_anew()
    {
        using var gate = Gate(slots: 1);
        var busy = Ask(gate, "busy");
        var since = clock.GetTimestamp();
        var older = Ask(gate, "talker");
        clock.Advance(TimeSpan.FromSeconds(5));
        Ask(gate, "other");
        var newer = gate.Ask("talker", Heard, since);
        clock.Advance(TimeSpan.FromSeconds(7));
        gate.Release(busy);
        Assert.That(older.State, Is.EqualTo(AdmissionState.Released));
        Assert.That(newer.State, Is.EqualTo(AdmissionState.Granted));
    }

    [Test]
    public void Giving_back_twice_frees_one_slot()
    {
        using var gate = Gate(slots: 1);
        var first = Ask(gate, "first");
        var second = Ask(gate, "second");
        var third = Ask(gate, "third");
        gate.Release(first);
        gate.Release(first);
        Assert.That(second.State, Is.EqualTo(AdmissionState.Granted));
        Assert.That(third.State, Is.EqualTo(AdmissionState.Pending));
    }

    [Test]
    public void A_rate_limit_grants_nothing_until_its_time_is_over_then_one_slot_less()
    {
        using var gate = Gate(slots: 2);
        var limited = Ask(gate, "limited");
        var running = Ask(gate, "running");
        gate.Narrow(TimeSpan.FromSeconds(3));
        gate.Release(limited);
        gate.Release(running);
        var first = Ask(gate, "first");
        var second = Ask(gate, "second");
        Assert.That(first.State, Is.EqualTo(AdmissionState.Pending));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(first.State, Is.EqualTo(AdmissionState.Granted));
        Assert.That(second.State, Is.EqualTo(AdmissionState.Pending));
    }

    [Test]
    public void After_a_rate_limit_the_slots_come_back_one_by_one()
    {
        using var gate = Gate(slots: 3, heldFor: 60);
        for (var i = 0; i < 3; i++)
        {
            var limited = Ask(gate, $"limited-{i}");
            gate.Narrow(retryAfter: null);
            gate.Release(limited);
        }

        var waiting = Enumerable.Range(0, 4).Select(i => Ask(gate, $"call-{i}")).ToArray();
        var granted = new List<int>();
        foreach (var seconds in new[] { 1, 5, 5, 5 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            granted.Add(waiting.Count(ticket => ticket.State == AdmissionState.Granted));
        }

        Assert.That(granted, Is.EqualTo(new[] { 1, 2, 3, 3 }));
    }

    [Test]
    public void Nobody_is_told_under_a_lock_so_a_call_may_ask_again_from_its_callback()
    {
        using var gate = Gate(slots: 1);
        var first = Ask(gate, "first");
        AdmissionTicket? again = null;
        gate.Ask("second", ticket =>
        {
            gate.Release(ticket);
            again = gate.Ask("second", Heard);
        });
        gate.Release(first);
        Assert.That(again!.State, Is.EqualTo(AdmissionState.Granted));
    }

    [Test]
    public void Work_ahead_of_a_turn_yields_the_newest_first_and_counts_neither_as_used_nor_as_pending()
    {
        using var gate = Gate(slots: 2);
        var older = gate.TryAskSpare("one/ahead", Heard);
        var newer = gate.TryAskSpare("two/ahead", Heard);
        Assert.That(gate.TryAskSpare("three/ahead", Heard), Is.Null);
        Assert.That(gate.Load, Is.EqualTo(new AdmissionLoad(Slots: 2, Used: 0, Pending: 0, Held: 0)));
        Assert.That(Ask(gate, "call").State, Is.EqualTo(AdmissionState.Granted));
        Assert.That((older!.State, newer!.State), Is.EqualTo((AdmissionState.Granted, AdmissionState.Expired)));
        Assert.That(heard, Is.EqualTo(new[] { ("two/ahead", AdmissionState.Expired) }));
    }

    [Test]
    public void A_confirmed_turn_goes_on_in_the_slot_of_the_work_ahead_of_it()
    {
        using var gate = Gate(slots: 1);
        var ahead = gate.TryAskSpare("call/ahead", Heard)!;
        Assert.That(gate.Promote(ahead, "call"), Is.True);
        Assert.That((ahead.CallId, ahead.State, gate.Load.Used), Is.EqualTo(("call", AdmissionState.Granted, 1)));
        Assert.That(Ask(gate, "other").State, Is.EqualTo(AdmissionState.Pending));
        Assert.That(gate.Promote(ahead, "call"), Is.False, "it yields no longer");
        gate.Release(ahead);
        Assert.That(gate.Load, Is.EqualTo(new AdmissionLoad(Slots: 1, Used: 1, Pending: 0, Held: 0)));
    }

    [Test]
    public void Promotion_replaces_the_ticket_that_the_call_had()
    {
        using var gate = Gate(slots: 2);
        var first = Ask(gate, "call");
        var ahead = gate.TryAskSpare("call/ahead", Heard)!;
        gate.Promote(ahead, "call");
        Assert.That((first.State, gate.Load.Used), Is.EqualTo((AdmissionState.Released, 1)));
    }

    [Test]
    public void Work_that_had_to_yield_is_not_promoted()
    {
        using var gate = Gate(slots: 1);
        var ahead = gate.TryAskSpare("call/ahead", Heard)!;
        var other = Ask(gate, "other");
        Assert.That(gate.Promote(ahead, "call"), Is.False);
        Assert.That((ahead.State, other.State), Is.EqualTo((AdmissionState.Expired, AdmissionState.Granted)));
    }

    AdmissionGate Gate(int slots, int pending = 3, int heldFor = 8) =>
        new(Options.Create(new AdmissionOptions { Slots = slots, Pending = pending, HeldFor = TimeSpan.FromSeconds(heldFor) }), clock);

    AdmissionTicket Ask(AdmissionGate gate, string call) => gate.Ask(call, Heard);

    void Heard(AdmissionTicket ticket) => heard.Add((ticket.CallId, ticket.State));
}
