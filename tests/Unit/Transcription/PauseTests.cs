using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>A short silence is told before it is known whether the turn is over.</summary>
public sealed class PauseTests
{
    static readonly Lazy<Recording> Call = new(() => Recording.Load(SharedData.Find("audio/sales-call.wav")));

    [Test]
    public void The_words_of_a_turn_are_told_while_its_silence_is_still_short([Values(50, 100, 200)] int delayMs)
    {
        var run = new ListeningRun(Call.Value) { Delay = TimeSpan.FromMilliseconds(delayMs) };

        run.Play(Call.Value.Channels);
        run.Wait(TimeSpan.FromSeconds(5));

        var finals = run.Finals.ToList();
        var told = finals.ConvertAll(final => run.Pauses.Where(pause => Of(final.Words, pause.Pause) && pause.Pause.Complete)
            .Select(pause => pause.At).DefaultIfEmpty(final.At).First());
        var after = told.Zip(finals, (at, final) => (at - final.Words.EndedAt).TotalMilliseconds).ToList();
        var ahead = told.Zip(finals, (at, final) => (final.At - at).TotalMilliseconds);
        TestContext.Out.WriteLine($"Told after the voice, ms: {string.Join(", ", after.Select(ms => $"{ms:0}"))}; before the words were final: "
            + $"{string.Join(", ", ahead.Select(ms => $"{ms:0}"))}; {run.Requests.Count} requests, {run.Pauses.Count} pauses for {finals.Count} segments");
        Assert.That(after, Is.All.LessThanOrEqualTo(125 + delayMs));
    }

    [Test]
    public void A_silence_is_told_at_once_with_the_firm_words_and_again_when_the_words_of_all_that_was_said_have_come()
    {
        var run = new ListeningRun(Call.Value) { Delay = TimeSpan.FromMilliseconds(200) };

        run.Play(Call.Value.Channels);
        run.Wait(TimeSpan.FromSeconds(5));

        foreach (var silence in run.Pauses.GroupBy(pause => (pause.Pause.Words.Segment.SegmentId, pause.Pause.Words.EndedAt)))
        {
            var pauses = silence.ToList();
            Assert.That(pauses, Has.Count.LessThanOrEqualTo(2));
            Assert.That((pauses[0].At - silence.Key.EndedAt).TotalMilliseconds, Is.InRange(60, 150));
            Assert.That(pauses.SkipLast(1).Select(pause => pause.Pause.Complete), Is.All.False);
            Assert.That(
                pauses.Select(pause => pause.Pause.Words.Segment),
                Is.All.Matches<TranscriptSegment>(segment => segment is { Final: false, EndOfTurn: false }));
        }

        // A question is over as soon as its words have come: they are final then.
        foreach (var final in run.Finals.Where(final => !final.Words.Segment.Text.EndsWith('?')))
        {
            var last = run.Pauses.Last(pause => Of(final.Words, pause.Pause)).Pause;
            Assert.That((last.Complete, last.Words.Segment.Text), Is.EqualTo((true, final.Words.Segment.Text)));
        }
    }

    [Test]
    public void A_voice_that_goes_on_after_a_short_silence_tells_the_next_one_too()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense", Delay = TimeSpan.FromMilliseconds(50) };
        var word = Call.Value.Channels[0][(56_400 * 16)..(57_200 * 16)];

        run.Play([[.. word, .. Sounds.Silence(0.15), .. word, .. Sounds.Silence(1.5)]]);

        var segment = run.Finals.Single().Words.Segment;
        Assert.That(
            run.Pauses.Where(pause => pause.Pause.Complete).Select(pause => pause.Pause.Words.EndedAt).Distinct().Count(), Is.EqualTo(2));
        Assert.That(run.Pauses.Select(pause => pause.Pause.Words.Segment.SegmentId), Is.All.EqualTo(segment.SegmentId));
    }

    static bool Of(HeardWords final, HeardPause pause) =>
        string.Equals(
            pause.Words.Segment.SegmentId, final.Segment.SegmentId, StringComparison.Ordinal) && pause.Words.EndedAt == final.EndedAt;
}
