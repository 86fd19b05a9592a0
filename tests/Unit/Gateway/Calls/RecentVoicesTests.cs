using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;

namespace Teleprompter.Tests.Unit.Gateway.Calls;

/// <summary>What a new owner is told again of the voices.</summary>
public sealed class RecentVoicesTests
{
    const int FrameMs = 30;

    readonly RecentVoices voices = new();
    readonly List<AudioHeard> told = [];

    [SetUp]
    public void Forget()
    {
        voices.Clear();
        told.Clear();
    }

    [Test]
    public void A_new_owner_is_told_the_last_seconds_and_then_what_came_meanwhile_in_order()
    {
        Speak(0, 10);
        voices.Hold();
        Speak(10, 5);
        Assert.That(told.Select(heard => heard.Frame.Number), Is.EqualTo(Enumerable.Range(0, 10)), "Nobody is there to be told.");
        told.Clear();

        voices.TellAgain(At(15), told.Add);
        Speak(15, 2);

        Assert.That(told.Select(heard => heard.Frame.Number), Is.EqualTo(Enumerable.Range(0, 17)));
        Assert.That(told.Select(heard => heard.ToldAgain), Is.EqualTo(Enumerable.Repeat(true, 15).Concat([false, false])));
    }

    [Test]
    public void What_is_long_past_is_not_told_again()
    {
        Speak(0, 10);

        voices.TellAgain(At(11) + RecentVoices.KeptFor, _ => Assert.Fail("It is too old."));
    }

    [Test]
    public void However_fast_a_client_sends_no_more_is_kept_than_twenty_seconds()
    {
        for (var number = 0; number < 10_000; number++)
        {
            voices.Pass(Frame(number), TimeSpan.Zero, _ => { });
        }

        voices.TellAgain(TimeSpan.Zero, told.Add);

        Assert.That(told.Sum(heard => heard.Frame.Pcm.Length), Is.LessThanOrEqualTo(RecentVoices.MostBytes));
        Assert.That(told[^1].Frame.Number, Is.EqualTo(9_999));
    }

    void Speak(int from, int count)
    {
        for (var number = from; number < from + count; number++)
        {
            voices.Pass(Frame(number), At(number + 1), told.Add);
        }
    }

    static AudioFrame Frame(int number) => new(Speaker.Customer, number, number * FrameMs, new byte[FrameMs * 32]);

    static TimeSpan At(int frames) => TimeSpan.FromMilliseconds(frames * FrameMs);
}
