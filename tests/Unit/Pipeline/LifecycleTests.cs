using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Pipeline;

namespace Teleprompter.Tests.Unit.Pipeline;

public sealed class LifecycleTests
{
    [Test]
    public void A_connection_that_attaches_gets_the_state_as_it_is()
    {
        var call = new PipelineRun();
        call.Customer("The price is too high.");
        call.Events.Clear();

        call.Give(new ClientAttached("connection-2"));

        var restored = (Restored)call.Events.Single();
        Assert.That(restored.Segments.Single().Text, Is.EqualTo("The price is too high."));
        Assert.That(restored.Card?.CardId, Is.EqualTo("price"));
        Assert.That(restored.Recent.Single().CardId, Is.EqualTo("price"));
        Assert.That(restored.Suggestion, Is.Null);
    }

    [Test]
    public void A_snapshot_is_for_the_connection_that_holds_the_call_only()
    {
        var call = new PipelineRun();

        call.Give(new SnapshotAsked("connection-9"));

        Assert.That(call.Events, Is.Empty);
    }

    [Test]
    public void Off_the_record_nothing_is_shown_or_answered()
    {
        var call = new PipelineRun();

        call.Give(new PauseSet(Paused: true));
        call.Customer("The price is too high.");

        Assert.That(call.Events.OfType<StatusChanged>().Single().Status.Paused, Is.True);
        Assert.That(call.Events.OfType<TranscriptUpdated>(), Is.Empty);
        Assert.That(call.Settled, Is.Empty);

        call.Give(new PauseSet(Paused: false));
        call.Customer("Is our data secure?");
        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void A_pause_makes_tentative_words_void()
    {
        var call = new PipelineRun();
        call.Give(new SegmentHeard(new TranscriptSegment("c-1", Speaker.Customer, "And between us", Final: false)));
        call.Give(new PauseSet(Paused: true));
        call.Events.Clear();

        call.Give(new SnapshotAsked(PipelineRun.Connection));

        Assert.That(call.Events.OfType<Restored>().Single().Segments, Is.Empty);
    }

    [Test]
    public void Swapped_speakers_change_the_past_and_answer_what_the_customer_just_said()
    {
        var call = new PipelineRun();
        var words = call.Say(Speaker.Rep, "The price is too high.");
        call.Events.Clear();

        call.Give(new SpeakersSwapped(Swapped: true));

        Assert.That(call.Events.OfType<Restored>().Single().Segments.Single().Speaker, Is.EqualTo(Speaker.Customer));
        Assert.That(call.Settled.Single(), Has.Property("TurnId").EqualTo(words).And.Property("Outcome").EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void With_nobody_reading_nothing_is_answered_until_somebody_is_back()
    {
        var call = new PipelineRun();
        call.Give(new ClientDetached(PipelineRun.Connection));
        call.Customer("The price is too high.");
        Assert.That(call.Settled, Is.Empty);

        call.Wait(TimeSpan.FromSeconds(5));
        call.Give(new ClientAttached("connection-2"));

        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void A_turn_whose_moment_has_passed_expires()
    {
        var call = new PipelineRun();
        call.Give(new ClientDetached(PipelineRun.Connection));
        call.Customer("The price is too high.");

        call.Wait(TimeSpan.FromSeconds(11));
        call.Give(new ClientAttached("connection-2"));

        Assert.That(
            call.Settled.Single(), Has.Property("Outcome").EqualTo(TurnOutcome.Expired).And.Property("Reason").EqualTo(SettleReason.Stale));
        Assert.That(call.Events.OfType<SuggestionStarted>(), Is.Empty);
    }

    [Test]
    public void The_absence_of_an_older_connection_is_no_absence()
    {
        var call = new PipelineRun();
        call.Give(new ClientAttached("connection-2"));

        call.Give(new ClientDetached(PipelineRun.Connection));
        call.Wait(TimeSpan.FromMinutes(3));

        Assert.That(call.Over, Is.False);
    }

    [Test]
    public void Nobody_coming_back_for_two_minutes_abandons_the_call()
    {
        var call = new PipelineRun();
        call.Give(new ClientDetached(PipelineRun.Connection));

        call.Wait(TimeSpan.FromSeconds(119));
        Assert.That(call.Over, Is.False);

        call.Wait(TimeSpan.FromSeconds(2));
        Assert.That(call.Over, Is.True);
        Assert.That(call.Events[^1], Is.EqualTo(new CallEnded(EndReason.Abandoned)));
    }

    [Test]
    public void The_end_is_the_last_event_and_leaves_no_turn_without_an_outcome()
    {
        var call = new PipelineRun();
        call.Give(new ClientDetached(PipelineRun.Connection));
        call.Customer("The price is too high.");

        call.Give(new CallClosed());

        Assert.That(call.Settled.Single().Reason, Is.EqualTo(SettleReason.CallEnded));
        Assert.That(call.Events[^1], Is.EqualTo(new CallEnded(EndReason.Ended)));
    }

    [Test]
    public void A_rebuilt_call_knows_what_was_said_and_suggested_and_answers_nothing_twice()
    {
        var before = new PipelineRun();
        before.Customer("The price is too high.");
        var segment = new SegmentHeard(new TranscriptSegment("Customer-1", Speaker.Customer, "The price is too high.", Final: true));

        var after = new PipelineRun(
            [segment, .. before.Kept, new FeedbackGiven(new(SuggestionIdOf(before), FeedbackKind.Used))], attached: false);
        after.Give(new ClientAttached("connection-2"));

        var restored = (Restored)after.Events.Single();
        Assert.That(restored.Segments.Single().Text, Is.EqualTo("The price is too high."));
        Assert.That(restored.Recent.Single().Feedback, Is.EqualTo(FeedbackKind.Used));
    }

    [Test]
    public void A_call_whose_end_was_lost_on_its_way_ends_when_it_is_rebuilt_for_its_reader()
    {
        var presence = new Presence();
        presence.Attach(new ClientAttached(PipelineRun.Connection));
        var segment = new SegmentHeard(new TranscriptSegment("c-1", Speaker.Customer, "The price is too high.", Final: true));

        var call = new PipelineRun([segment, new CallClosed()], attached: false, presence: presence);
        call.GoOn();

        Assert.That(call.Events, Is.EqualTo(new[] { new CallEnded(EndReason.Ended) }));
        Assert.That((call.Over, call.Kept.OfType<CallSummed>().Count()), Is.EqualTo((true, 1)));
    }

    [Test]
    public void A_rebuilt_call_answers_a_fresh_turn_that_was_not_answered()
    {
        var segment = new SegmentHeard(new TranscriptSegment("c-1", Speaker.Customer, "The price is too high.", Final: true));

        var call = new PipelineRun([segment], attached: false);
        call.Give(new ClientAttached("connection-2"));

        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
    }

    [Test]
    public void A_rebuilt_call_answers_no_turn_again_whose_outcome_the_client_was_shown()
    {
        var segment = new SegmentHeard(new TranscriptSegment("c-1", Speaker.Customer, "The price is too high.", Final: true));

        var call = new PipelineRun([segment], attached: false);
        call.Give(new ClientAttached("connection-2", Settled: ["c-1"]));

        Assert.That(call.Events.Single(), Is.TypeOf<Restored>());
    }

    [Test]
    public void A_customer_silent_for_a_minute_while_the_rep_talks_is_not_heard()
    {
        var call = new PipelineRun();
        call.Customer("Hello there.");
        for (var i = 0; i < 13; i++)
        {
            call.Wait(TimeSpan.FromSeconds(5));
            call.Say(Speaker.Rep, $"Point {i}.");
        }

        Assert.That(call.Events.OfType<StatusChanged>().Single().Status.Hearing, Is.EqualTo(Hearing.RepOnly));

        call.Customer("Sorry, I was muted.");
        Assert.That(call.Events.OfType<StatusChanged>().Last().Status.Hearing, Is.EqualTo(Hearing.Both));
    }

    [Test]
    public void Who_was_heard_is_known_after_another_worker_has_taken_the_call()
    {
        var taken = new PipelineRun(
            [new SegmentHeard(new TranscriptSegment("rep-1", Speaker.Rep, "Hello.", Final: true, StartMs: 89_000, EndMs: 90_000))]);
        taken.Wait(TimeSpan.FromSeconds(95));
        taken.Customer("Go on.");
        Assert.That(taken.Events.OfType<StatusChanged>().Select(changed => changed.Status.Hearing), Is.All.EqualTo(Hearing.Both));
    }

    [Test]
    public void A_storage_that_is_full_is_told()
    {
        var call = new PipelineRun();

        call.Give(new StorageChanged(StorageState.Full));

        Assert.That(call.Events.OfType<StatusChanged>().Single().Status.Storage, Is.EqualTo(StorageState.Full));
    }

    static string SuggestionIdOf(PipelineRun call) => call.Kept.OfType<SuggestionFinished>().Single().Suggestion.SuggestionId;
}
