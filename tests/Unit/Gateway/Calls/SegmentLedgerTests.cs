using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;

namespace Teleprompter.Tests.Unit.Gateway.Calls;

public sealed class SegmentLedgerTests
{
    readonly SegmentLedger ledger = SegmentLedger.From([new SegmentHeard(Final("1", "How much is it?"))]);

    [Test]
    public void An_identical_final_is_repeated() =>
        Assert.That(ledger.Judge(Final("1", "How much is it?")), Is.EqualTo(SegmentFate.Repeated));

    [Test]
    public void A_differing_final_is_a_contradiction() =>
        Assert.That(ledger.Judge(Final("1", "How much was it?")), Is.EqualTo(SegmentFate.Contradiction));

    [Test]
    public void An_interim_after_its_final_is_too_late() =>
        Assert.That(ledger.Judge(Final("1", "How") with { Final = false, EndOfTurn = false }), Is.EqualTo(SegmentFate.TooLate));

    [Test]
    public void The_same_id_of_the_other_speaker_is_another_segment() =>
        Assert.That(ledger.Judge(Final("1", "Good question.") with { Speaker = Speaker.Rep }), Is.EqualTo(SegmentFate.Fresh));

    [Test]
    public void A_final_may_learn_that_it_ends_its_turn_once()
    {
        var open = Final("2", "It is about the price") with { EndOfTurn = false };
        ledger.Add(open);

        Assert.That(ledger.Judge(open with { EndOfTurn = true }), Is.EqualTo(SegmentFate.Fresh));
        ledger.Add(open with { EndOfTurn = true });

        Assert.That(ledger.Judge(open with { EndOfTurn = true }), Is.EqualTo(SegmentFate.Repeated));
        Assert.That(ledger.Judge(open), Is.EqualTo(SegmentFate.Repeated));
    }

    static TranscriptSegment Final(string segmentId, string text) => new(segmentId, Speaker.Customer, text, Final: true);
}
