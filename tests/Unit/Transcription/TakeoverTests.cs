using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>An owner dies, or has to look at its call again, in the middle of a sentence.</summary>
public sealed class TakeoverTests
{
    const int FrameMs = ListeningRun.FrameMs;

    static readonly Lazy<Recording> Call = new(() => Recording.Load(SharedData.Find("audio/sales-call.wav")));

    /// <summary>
    /// The customer's "We had two big customers complain last month. But before we go further, how much does this cost per seat?"
    /// </summary>
    static readonly Lazy<TimelineTurn> Turn = new(
        () => Call.Value.Turns.First(turn => turn.Text.Contains("how much does this cost", StringComparison.Ordinal)));

    static int FromMs => (Turn.Value.StartMs - 300) / FrameMs * FrameMs;

    static int ToMs => Turn.Value.EndMs + 1_500;

    [Test]
    public void A_call_that_is_read_again_in_the_middle_of_a_sentence_loses_no_word([Values(1_500, 3_000, 5_000)] int afterMs)
    {
        var run = new ListeningRun(Call.Value);

        Speak(run, FromMs, FromMs + afterMs);
        run.Interrupt();
        Assert.That(
            run.Requests.Where(request => run.Time.Now < request.At + run.Delay)
                .Select(request => request.Cancellation.IsCancellationRequested),
            Is.All.True);
        Speak(run, FromMs + afterMs, ToMs);

        Assert.That(Said(run), Is.EqualTo(Turn.Value.Text));
    }

    [Test]
    public void A_new_owner_that_is_told_the_last_seconds_again_says_each_word_once([Values(1_500, 3_000, 3_600, 5_000)] int afterMs)
    {
        var before = new ListeningRun(Call.Value);
        Speak(before, FromMs, FromMs + afterMs);
        var known = before.Finals.Select(final => final.Words.Segment).ToList();
        var diedAt = before.Time.Now;

        var after = new ListeningRun(Call.Value);
        after.WaitUntil(diedAt + TimeSpan.FromMilliseconds(200));
        after.Remember(known);
        Speak(after, FromMs, FromMs + afterMs + 90, toldAgain: true);

        // The last frames come twice: once as what is told again, once as what is said now.
        Speak(after, FromMs + afterMs, ToMs);

        Assert.That(string.Join(' ', known.Select(segment => segment.Text).Append(Said(after))), Is.EqualTo(Turn.Value.Text));
    }

    /// <summary>The customer's frames of a stretch of the call, numbered as the client did.</summary>
    static void Speak(ListeningRun run, int fromMs, int toMs, bool toldAgain = false)
    {
        for (var atMs = fromMs; atMs + FrameMs <= toMs; atMs += FrameMs)
        {
            run.Hear(
                Speaker.Customer,
                Call.Value.Channels[1].AsSpan(atMs * 16, FrameMs * 16),
                atMs,
                number: atMs / FrameMs,
                toldAgain: toldAgain);
        }

        run.WaitUntil(TimeSpan.FromMilliseconds(toMs));
    }

    static string Said(ListeningRun run)
    {
        run.Wait(TimeSpan.FromSeconds(5));
        return string.Join(' ', run.Finals.Select(final => final.Words.Segment.Text));
    }
}
