using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Intake;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Intake;

public sealed class AudioBudgetTests
{
    static readonly AudioFrame Frame = new(Speaker.Customer, 0, 0, new byte[1280]);

    readonly ManualTimeProvider time = new();
    AudioBudget budget = null!;

    [SetUp]
    public void Open() => budget = new AudioBudget(new RateLimitOptions { AudioBurst = 2, AudioPerSecond = 4 }, time);

    [TearDown]
    public void Close() => budget.Dispose();

    [Test]
    public void Audio_is_taken_in_a_burst_and_at_a_pace_after_that()
    {
        Assert.That(Taken(Frame), Is.EqualTo(50));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(Taken(Frame), Is.EqualTo(10));
    }

    [Test]
    public void Frames_without_sound_cost_as_much_as_short_ones() =>
        Assert.That(Taken(Frame with { Pcm = [], EndOfSpeech = true }), Is.EqualTo(100));

    [Test]
    public void What_is_refused_may_be_sent_a_little_later()
    {
        Taken(Frame);
        var refused = Assert.Throws<HubException>(() => budget.Spend(Frame));
        Assert.That(Refusal.Read(refused.Message), Has.Property("MayRetry").True.And.Property("Message").Contains("4 seconds"));
    }

    [Test]
    public void A_stream_is_the_only_one_until_it_ends_and_ending_it_refills_nothing()
    {
        Assert.That(budget.TryOpen(), Is.True);
        Assert.That(budget.TryOpen(), Is.False);
        Taken(Frame);
        budget.Dispose();
        Assert.That(budget.TryOpen(), Is.True);
        Assert.That(Taken(Frame), Is.Zero);
    }

    /// <summary>How many of a thousand frames are taken.</summary>
    int Taken(AudioFrame frame)
    {
        var taken = 0;
        try
        {
            while (taken < 1000)
            {
                budget.Spend(frame);
                taken++;
            }
        }
        catch (HubException)
        {
            // The budget is spent.
        }

        return taken;
    }
}
