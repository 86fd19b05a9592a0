using System.Text.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.TurnTaking;

/// <summary>Level 1 by the golden cases that its TypeScript twin passes too.</summary>
public sealed class TurnTakingGoldenTests
{
    static readonly Cases golden =
        JsonSerializer.Deserialize<Cases>(
            File.ReadAllText(Path.Combine(RepositoryFiles.Golden, "turn-taking.json")), JsonSerializerOptions.Web)!;

    static IEnumerable<TestCaseData> Pauses =>
        golden.Pauses.Select(
            pause => new TestCaseData(pause.Text, pause.Language, pause.PauseMs)
                .SetArgDisplayNames(pause.Text, pause.Language ?? "", $"{pause.PauseMs} ms"));

    static IEnumerable<TestCaseData> Scenarios =>
        golden.Debounce.Select(scenario => new TestCaseData(scenario).SetArgDisplayNames(scenario.Name));

    [TestCaseSource(nameof(Pauses))]
    public void The_last_words_set_the_pause(string text, string? language, int pauseMs) =>
        Assert.That(TurnEnd.PauseAfter(text, language), Is.EqualTo(TimeSpan.FromMilliseconds(pauseMs)));

    [TestCaseSource(nameof(Scenarios))]
    public void A_turn_ends_when_its_thought_is_complete(Scenario scenario)
    {
        var time = new VirtualTime(new TurnDebounce(scenario.Language));
        foreach (var step in scenario.Heard)
        {
            if (!scenario.LateTimers)
            {
                time.ElapseUntil(step.At);
            }

            time.Do(step.At, debounce => step.Flush ? debounce.Flush(step.At) : debounce.Hear(step.ToSegment(), step.At));
        }

        time.ElapseUntil(long.MaxValue);
        Assert.That(
            time.Sent.Select(sent => new Sent(sent.AtMs, sent.Segment.SegmentId, StageOf(sent.Segment), sent.Segment.Text)),
            Is.EqualTo(scenario.Sent));
    }

    [Test]
    public void A_sample_call_is_spoken_word_by_word_with_a_segment_a_sentence() =>
        Assert.That(
            CallScript.Of(golden.Script.Turns, golden.Script.Play),
            Is.EqualTo(golden.Script.Segments.Select(expected => new TimedSegment(expected.AtMs, expected.ToSegment()))));

    static string StageOf(TranscriptSegment segment) => !segment.Final ? "interim" : segment.EndOfTurn is true ? "end" : "final";

    public sealed record Cases(IReadOnlyList<Pause> Pauses, IReadOnlyList<Scenario> Debounce, Script Script);

    public sealed record Pause(string Text, string? Language, int PauseMs);

    public sealed record Scenario(string Name, string? Language, bool LateTimers, IReadOnlyList<Step> Heard, IReadOnlyList<Sent> Sent);

    public sealed record Step(
        long At, long AtMs, bool Flush, string Id, Speaker Speaker, string As, string Text, long StartMs, long EndMs, bool? EndOfTurn)
    {
        public TranscriptSegment ToSegment() => new(Id, Speaker, Text, As == "final", EndOfTurn, StartMs, EndMs);
    }

    public sealed record Sent(long At, string Id, string As, string Text);

    public sealed record Script(IReadOnlyList<CallTurn> Turns, string Play, IReadOnlyList<Step> Segments);
}
