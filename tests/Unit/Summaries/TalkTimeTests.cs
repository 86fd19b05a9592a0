using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Summaries;

public sealed class TalkTimeTests
{
    [Test]
    public void Shares_are_of_speech_and_what_overlaps_counts_once()
    {
        var talk = TalkTime.Of([Rep(0, 4000), Rep(3000, 6000), Customer(6000, 8000)]);

        Assert.That((talk.RepMs, talk.CustomerMs, talk.RepShare), Is.EqualTo((6000, 2000, 0.75)));
    }

    [Test]
    public void A_backchannel_does_not_end_a_monologue_and_an_answer_does()
    {
        var talk = TalkTime.Of(
            [Rep(0, 10_000), Customer(10_000, 11_000), Rep(11_000, 30_000), Customer(30_000, 35_000), Rep(35_000, 50_000)]);

        Assert.That(talk.Longest, Is.EqualTo(new Monologue(Speaker.Rep, 0, 30_000)));
    }

    [Test]
    public void Typed_lines_take_no_time()
    {
        var talk = TalkTime.Of([Rep(5000, 5000), Customer(9000, 9000)]);

        Assert.That((talk.RepShare, talk.Longest), Is.EqualTo(((double?)null, (Monologue?)null)));
    }

    static SegmentView Rep(long start, long end) => new($"r{start}", Speaker.Rep, "words", Final: true, start, end);

    static SegmentView Customer(long start, long end) => new($"c{start}", Speaker.Customer, "words", Final: true, start, end);
}
