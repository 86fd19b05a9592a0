using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Feed;

namespace Teleprompter.Tests.Unit.Lead;

public sealed class TalkMeterTests
{
    readonly TalkMeter talk = new();

    [Test]
    public void A_sign_of_listening_does_not_end_a_monologue_but_an_answer_does()
    {
        talk.Hear(Speaker.Rep, "So, our product does three things that matter to you.", 0, 20_000);
        talk.Hear(Speaker.Customer, "mm-hm", 20_500, 21_000);
        talk.Hear(Speaker.Rep, "First it saves you a day of work each week.", 21_500, 40_000);
        talk.Hear(Speaker.Customer, "And what does that cost us in the end?", 41_000, 44_000);
        talk.Hear(Speaker.Rep, "Let me show you the numbers.", 45_000, 50_000);

        Assert.That((talk.MonologueMs, talk.MonologueBy), Is.EqualTo((40_000, Speaker.Rep)));
        Assert.That((talk.RepMs, talk.CustomerMs), Is.EqualTo((43_500, 3_500)));
    }

    [Test]
    public void Swapped_channels_swap_what_was_counted()
    {
        talk.Hear(Speaker.Rep, "A customer who was taken for the rep.", 0, 5000);
        talk.Swap();

        Assert.That((talk.RepMs, talk.CustomerMs, talk.MonologueBy), Is.EqualTo((0, 5000, Speaker.Customer)));
    }
}
