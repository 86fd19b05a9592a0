using System.Text.Json;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Contracts;

public sealed class TranscriptSegmentTests
{
    static readonly TimeSpan Now = TimeSpan.FromSeconds(10);

    [TestCase(2000, 3000, 2000, 3000, TestName = "Plausible_times_stay")]
    [TestCase(2000, 99_000, 2000, 10_000, TestName = "Nothing_ends_later_than_now")]
    [TestCase(50_000, 99_000, 10_000, 10_000, TestName = "Nothing_starts_after_its_end")]
    [TestCase(-5, 3000, 0, 3000, TestName = "Nothing_starts_before_the_call")]
    [TestCase(0, 0, 0, 10_000, TestName = "Without_an_end_it_ended_now")]
    public void Implausible_times_are_clamped(long startMs, long endMs, long expectedStartMs, long expectedEndMs)
    {
        var clamped = new TranscriptSegment("s", Speaker.Rep, "Hello", Final: true, StartMs: startMs, EndMs: endMs).ClampedTo(Now);

        Assert.That((clamped.StartMs, clamped.EndMs), Is.EqualTo((expectedStartMs, expectedEndMs)));
    }

    [Test]
    public void A_plausible_segment_is_left_as_it_is()
    {
        var segment = new TranscriptSegment("s", Speaker.Rep, "Hello", Final: true, StartMs: 1, EndMs: 2);

        Assert.That(segment.ClampedTo(Now), Is.SameAs(segment));
    }

    [TestCase("1234.5678", 1235)]
    [TestCase("-0.2", 0)]
    [TestCase("1e3", 1000)]
    [TestCase("1e300", long.MaxValue)]
    public void Times_with_fractions_are_rounded(string written, long read)
    {
        var json = $$"""{ "segmentId": "1", "speaker": "rep", "text": "", "final": true, "startMs": {{written}}, "endMs": {{written}} }""";

        var segment = JsonSerializer.Deserialize(json, ContractsJson.Default.TranscriptSegment)!;

        Assert.That((segment.StartMs, segment.EndMs), Is.EqualTo((read, read)));
    }
}
