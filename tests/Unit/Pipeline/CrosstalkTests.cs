using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>The customer's words that the rep's microphone hears too, before or after the customer's own channel does.</summary>
public sealed class CrosstalkTests
{
    const string Question = "The price is too high for us, is it not?";

    [Test]
    public void The_customers_question_is_answered_although_the_reps_microphone_heard_it_first()
    {
        var call = new PipelineRun();

        call.Say(Speaker.Rep, Question);
        call.Wait(TimeSpan.FromMilliseconds(150));
        call.Customer(Question);

        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
        Assert.That(Removed(call), Is.EqualTo(new[] { "Rep-1" }));
    }

    [Test]
    public void A_copy_that_comes_later_is_not_shown()
    {
        var call = new PipelineRun();

        call.Customer(Question);
        call.Wait(TimeSpan.FromMilliseconds(250));
        call.Say(Speaker.Rep, Question);

        var shown = call.Events.OfType<TranscriptUpdated>().Where(heard => heard.Text.Length > 0);
        Assert.That(shown.Select(heard => heard.Speaker), Is.EqualTo(new[] { Speaker.Customer }));
        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void What_the_rep_repeats_is_shown()
    {
        var call = new PipelineRun();

        call.Customer(Question);
        call.Wait(TimeSpan.FromSeconds(2));
        call.Say(Speaker.Rep, Question);

        Assert.That(Removed(call), Is.Empty);
    }

    [Test]
    public void Times_of_the_voices_decide_and_not_which_words_came_first()
    {
        var call = new PipelineRun();
        call.Wait(TimeSpan.FromSeconds(20));

        // Recognised late: the echo came 600 ms after the rep's own words.
        Say(call, "r", Speaker.Rep, "Shall I show you how the price is too high for others?", 10_000, 13_000);
        Say(call, "c", Speaker.Customer, "Shall I show you how the price is too high for others?", 10_600, 13_600);

        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.Echo));
    }

    [Test]
    public void The_end_of_what_the_microphone_heard_is_no_echo_of_it()
    {
        var call = new PipelineRun();
        call.Wait(TimeSpan.FromSeconds(20));

        Say(call, "r", Speaker.Rep, "So tell me all about it please and take your time. " + Question, 10_000, 20_000);
        Say(call, "c", Speaker.Customer, Question, 15_000, 20_000);

        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void A_copy_stays_off_when_the_call_is_taken_up_again()
    {
        var call = new PipelineRun();
        call.Say(Speaker.Rep, Question);
        call.Customer(Question);
        IEnumerable<CallInput> stored =
        [
            new SegmentHeard(new TranscriptSegment("Rep-1", Speaker.Rep, Question, Final: true)),
            new SegmentHeard(new TranscriptSegment("Customer-2", Speaker.Customer, Question, Final: true)),
            .. call.Kept,
        ];

        var again = new PipelineRun(stored, attached: false);
        again.Give(new ClientAttached(PipelineRun.Connection));

        var segments = again.Events.OfType<Restored>().Single().Segments;
        Assert.That(segments.Select(segment => segment.Speaker), Is.EqualTo(new[] { Speaker.Customer }));
    }

    static void Say(PipelineRun call, string id, Speaker speaker, string text, long startMs, long endMs) =>
        call.Give(new SegmentHeard(new TranscriptSegment(id, speaker, text, Final: true, StartMs: startMs, EndMs: endMs)));

    static IEnumerable<string> Removed(PipelineRun call) => call.Kept.OfType<SegmentRemoved>().Select(removed => removed.SegmentId);
}
