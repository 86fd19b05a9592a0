using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class CallSettingsTests
{
    [Test]
    public void A_new_call_is_on_the_record_and_unswapped()
    {
        Assert.That(CallSettings.Initial.Pause.Paused, Is.False);
        Assert.That(CallSettings.Initial.SpeakerOn(Speaker.Rep), Is.EqualTo(Speaker.Rep));
    }

    [Test]
    public void The_latest_counts_in_whatever_order_they_come()
    {
        CallInput[] entries = [new PauseSet(Paused: true, AtMs: 200), new SpeakersSwapped(Swapped: true, AtMs: 90)];
        CallInput[] late = [.. entries, new PauseSet(Paused: false, AtMs: 100), new SpeakersSwapped(Swapped: false, AtMs: 80)];

        Assert.That(CallSettings.Of(late), Is.EqualTo(CallSettings.Of(entries)));
        Assert.That(CallSettings.Of(late).Pause.Paused, Is.True);
        Assert.That(CallSettings.Of(late).SpeakerOn(Speaker.Rep), Is.EqualTo(Speaker.Customer));
    }

    [Test]
    public void Of_two_in_one_millisecond_the_last_to_arrive_counts() =>
        Assert.That(CallSettings.Of([new PauseSet(Paused: true, AtMs: 5), new PauseSet(Paused: false, AtMs: 5)]).Pause.Paused, Is.False);

    [Test]
    public void What_is_set_at_a_gateway_whose_clock_is_behind_still_counts()
    {
        var settings = CallSettings.Of([new PauseSet(Paused: false, AtMs: 5000), new SpeakersSwapped(Swapped: false, AtMs: 5000)]);

        Assert.That(settings.After(settings.SetPaused(paused: true, nowMs: 4000)).Pause.Paused, Is.True);
        Assert.That(settings.After(settings.SwapAgain(nowMs: 4000)).Swap.Swapped, Is.True);
    }

    [Test]
    public void Any_other_input_changes_nothing() =>
        Assert.That(CallSettings.Initial.After(new SuggestNowAsked()), Is.SameAs(CallSettings.Initial));
}
