using Teleprompter.Contracts;
using Teleprompter.Gateway.Intake;

namespace Teleprompter.Tests.Unit.Gateway.Intake;

public sealed class MessageRulesTests
{
    static readonly TranscriptSegment Good = new("1", Speaker.Customer, "How much is it? 😀", Final: true);

    static IEnumerable<TestCaseData> BadSegments =>
    [
        new TestCaseData(Good with { Text = "  " }, "text is empty").SetArgDisplayNames("no words"),
        new TestCaseData(Good with { Text = new string('x', 2001) }, "at most 2000").SetArgDisplayNames("too many words"),
        new TestCaseData(Good with { Text = "a\ud800b" }, "Unicode").SetArgDisplayNames("a lone surrogate"),
        new TestCaseData(Good with { Text = "a\0b" }, "control character").SetArgDisplayNames("a NUL"),
        new TestCaseData(Good with { SegmentId = "" }, "segmentId").SetArgDisplayNames("no id"),
        new TestCaseData(Good with { SegmentId = new string('1', 65) }, "segmentId").SetArgDisplayNames("a long id"),
        new TestCaseData(Good with { Final = false, EndOfTurn = true }, "endOfTurn").SetArgDisplayNames("an interim that ends a turn"),
    ];

    [Test]
    public void A_good_segment_passes() => Assert.That(MessageRules.Problem(Good), Is.Null);

    [TestCaseSource(nameof(BadSegments))]
    public void A_bad_segment_is_told_what_is_wrong(TranscriptSegment segment, string expected) =>
        Assert.That(MessageRules.Problem(segment), Does.Contain(expected));

    [Test]
    public void A_brief_field_too_long_is_named() =>
        Assert.That(MessageRules.Problem(new CallBrief(Company: new string('x', 201))), Does.Contain("brief.company").And.Contain("200"));

    [Test]
    public void A_missing_argument_is_told_what_to_send()
    {
        Assert.That(MessageRules.Problem((StartCallRequest?)null), Is.Not.Null);
        Assert.That(MessageRules.Problem((CallBrief?)null), Is.Not.Null);
        Assert.That(MessageRules.Problem((TranscriptSegment?)null), Is.Not.Null);
        Assert.That(MessageRules.Problem((SuggestionFeedback?)null), Is.Not.Null);
        Assert.That(MessageRules.Problem((Progress?)null), Is.Not.Null);
    }

    [TestCase(-1, null)]
    [TestCase(1, -0.1)]
    [TestCase(1, double.NaN)]
    [TestCase(1, 60_001)]
    public void An_implausible_measure_is_refused(long number, double? networkMs) =>
        Assert.That(MessageRules.Problem(new Progress(number, NetworkMs: networkMs)), Is.Not.Null);
}
