using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Each promise of a buyer's voice, broken once; and what is played of a turn.</summary>
public sealed class SpeechCheckerTests
{
    const double FrameMs = 40;

    static readonly ReceivedSpeech[] whole = [Frame("b1", 0), Frame("b1", 1), Frame("b1", 2, SpeechEnd.Complete)];

    static IEnumerable<TestCaseData> Broken()
    {
        yield return Case("A frame that comes twice is found", Frame("b1", 0), Frame("b1", 0));
        yield return Case("A frame that comes after a later one is found", Frame("b1", 0), Frame("b1", 2), Frame("b1", 1));
        yield return Case("A turn that goes on in the next is found", Frame("b1", 0), Frame("b2", 0), Frame("b1", 1));
        yield return Case("A frame after the end is found", [.. whole, Frame("b1", 3)]);
    }

    [TestCaseSource(nameof(Broken))]
    public void Every_broken_promise_is_found(object frames) =>
        Assert.That(SpeechChecker.Violations((ReceivedSpeech[])frames), Is.Not.Empty);

    [Test]
    public void A_gap_and_a_stop_behind_the_end_break_nothing() => Assert.That(
        SpeechChecker.Violations([.. whole, Frame("b1", 3, SpeechEnd.Stopped), Frame("b2", 0), Frame("b2", 7)]), Is.Empty);

    [Test]
    public void A_turn_is_played_to_its_first_gap_and_the_next_one_after_it() => Assert.That(
        PlayedTurn.All([Frame("b1", 0), Frame("b1", 1), Frame("b1", 3), Frame("b2", 0), Frame("b2", 1)], nowMs: 3.5 * FrameMs),
        Is.EqualTo(new[] { new PlayedTurn("b1", 2 * FrameMs, Over: true), new PlayedTurn("b2", 1.5 * FrameMs, Over: false) }));

    static TestCaseData Case(string sentence, params ReceivedSpeech[] frames) => new TestCaseData(frames as object).SetName(sentence);

    static ReceivedSpeech Frame(string id, int number, SpeechEnd? end = null) =>
        new(0, 1, new SpeechFrame(id, number, end is null ? new byte[SpeechFrame.Longest] : [], end));
}
