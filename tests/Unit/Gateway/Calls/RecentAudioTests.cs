using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;

namespace Teleprompter.Tests.Unit.Gateway.Calls;

public sealed class RecentAudioTests
{
    const int FrameMs = 30;

    readonly RecentAudio audio = new();
    readonly List<AudioHeard> told = [];

    [SetUp]
    public void Forget()
    {
        audio.Clear();
        told.Clear();
    }

    [Test]
    public void A_new_owner_is_told_the_last_seconds_and_then_what_came_meanwhile_in_order()
    {
        Speak(0, 10);
        audio.Hold();
        Speak(10, 5);
        Assert.That(told.Select(heard => heard.Frame.Number), Is.EqualTo(Enumerable.Range(0, 10)), "Nobody is there to be told.");
        told.Clear();

        audio.Resend(At(15), told.Add);
        Speak(15, 2);

        Assert.That(told.Select(heard => heard.Frame.Number), Is.EqualTo(Enumerable.Range(0, 17)));
        Assert.That(told.Select(heard => heard.ToldAgain), Is.EqualTo(Enumerable.Repeat(true, 15).Concat([false, false])));
    }

    [Test]
    public void What_is_long_past_is_not_told_again()
    {
        Speak(0, 10);

        audio.Resend(At(11) + RecentAudio.KeptFor, _ => Assert.Fail("It is too old."));
    }

    [Test]
    public void However_fast_a_client_sends_no_more_is_kept_than_twenty_seconds()
    {
        for (var number = 0; number < 10_000; number++)
        {
            audio.Send(Frame(number), TimeSpan.Zero, _ => { });
        }

        audio.Resend(TimeSpan.Zero, told.Add);

        Assert.That(told.Sum(heard => heard.Frame.Pcm.Length), Is.LessThanOrEqualTo(RecentAudio.MaxBytes));
        Assert.That(told[^1].Frame.Number, Is.EqualTo(9_999));
    }

    void Speak(int from, int count)
    {
        for (var number = from; number < from + count; number++)
        {
            audio.Send(Frame(number), At(number + 1), told.Add);
        }
    }

    static AudioFrame Frame(int number) => new(Speaker.Customer, number, number * FrameMs, new byte[FrameMs * 32]);

    static TimeSpan At(int frames) => TimeSpan.FromMilliseconds(frames * FrameMs);
}
