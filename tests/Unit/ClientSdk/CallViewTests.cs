using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.ClientSdk;

/// <summary>What a client knows of its call after each event.</summary>
public sealed class CallViewTests
{
    static readonly SuggestionLatency Latency = new(0, 0.5, 0, 0, 0.2, 0, 0.7);

    [Test]
    public void An_interim_is_replaced_by_the_next_of_its_key_and_made_firm_by_its_final()
    {
        var view = After(Heard(1, "c-1", "how", final: false), Heard(2, "c-1", "how much", final: false), Heard(3, "c-1", "How much?"));
        Assert.That(view.Segments, Has.Count.EqualTo(1));
        Assert.That(
            view.Segments[0], Has.Property(nameof(SegmentView.Text)).EqualTo("How much?").And.Property(nameof(SegmentView.Final)).True);
    }

    [Test]
    public void A_pause_takes_interims_off_and_keeps_what_was_said_for_good()
    {
        var view = After(Heard(1, "c-1", "How much?"), Heard(2, "c-2", "And between", final: false));
        var paused = view.Apply(new StatusChanged(view.Status with { Paused = true }) { Number = 3 }).View;
        Assert.That(paused.Segments.Select(segment => segment.SegmentId), Is.EqualTo(new[] { "c-1" }));
    }

    [Test]
    public void A_final_without_words_takes_the_segment_off()
    {
        var view = After(
            Heard(1, "1", "How much?", speaker: Speaker.Rep), Heard(2, "1", "How much?"), Heard(3, "1", "", speaker: Speaker.Rep));
        Assert.That(view.Segments.Select(segment => segment.Speaker), Is.EqualTo(new[] { Speaker.Customer }));
    }

    [Test]
    public void The_same_id_of_the_other_speaker_is_another_segment()
    {
        var view = After(Heard(1, "1", "Hello.", speaker: Speaker.Rep), Heard(2, "1", "Hi."));
        Assert.That(view.Segments.Select(segment => segment.Text), Is.EqualTo(new[] { "Hello.", "Hi." }));
    }

    [Test]
    public void A_suggestion_grows_by_its_deltas_and_moves_to_the_finished_ones()
    {
        var open = After(Started(1), Delta(2, 0, "That"), Delta(3, 1, " is fair."));
        Assert.That(open.Suggestion, Has.Property(nameof(OpenSuggestionView.Text)).EqualTo("That is fair."));

        var done = open.Apply(Completed(4)).View;
        Assert.That(done.Suggestion, Is.Null);
        Assert.That(done.Recent.Single().Text, Is.EqualTo("That is fair."));
    }

    [Test]
    public void A_withdrawn_suggestion_leaves_the_screen_and_says_why()
    {
        var view = After(Started(1), Delta(2, 0, "That"), new SuggestionWithdrawn("s-1", WithdrawReason.NewerTurn) { Number = 3 });
        Assert.That(view.Suggestion, Is.Null);
        Assert.That(view.Withdrawn?.Reason, Is.EqualTo(WithdrawReason.NewerTurn));
        Assert.That(view.Recent, Is.Empty);
    }

    [Test]
    public void A_tentative_suggestion_becomes_firm_with_its_words_when_its_turn_is_confirmed()
    {
        var tentative = After(Started(1) with { Tentative = true }, Delta(2, 0, "That"));
        Assert.That(tentative.Suggestion!.Tentative);

        var firm = tentative.Apply(new SuggestionConfirmed("s-1", ["c-1", "c-2"]) { Number = 3 }).View;
        Assert.That(
            (firm.Suggestion!.Tentative, firm.Suggestion.Text, string.Join(' ', firm.Suggestion.TurnIds)),
            Is.EqualTo((false, "That", "c-1 c-2")));

        var other = firm.Apply(new SuggestionConfirmed("s-0", ["c-9"]) { Number = 4 }).View;
        Assert.That(other.Suggestion, Is.EqualTo(firm.Suggestion));
        Assert.That(other.Number, Is.EqualTo(4), "a confirmation of another suggestion is not a gap");
    }

    [Test]
    public void A_tentative_suggestion_leaves_when_the_customer_goes_on_and_what_was_finished_before_stays()
    {
        var view = After(
            Completed(1, "s-0"), Started(2) with { Tentative = true }, new SuggestionWithdrawn(
                "s-1", WithdrawReason.Resumed)
            { Number = 3 });
        Assert.That((view.Suggestion, view.Withdrawn?.Reason), Is.EqualTo(((OpenSuggestionView?)null, WithdrawReason.Resumed)));
        Assert.That(view.Recent.Single().SuggestionId, Is.EqualTo("s-0"));
    }

    [Test]
    public void Only_the_last_five_suggestions_are_kept()
    {
        var events = Enumerable.Range(1, 7).Select(i => Completed(i, $"s-{i}")).ToArray<CallEvent>();
        Assert.That(After(events).Recent.Select(recent => recent.SuggestionId), Is.EqualTo(new[] { "s-3", "s-4", "s-5", "s-6", "s-7" }));
    }

    [Test]
    public void An_event_after_a_gap_is_dropped_and_a_snapshot_asked_for_once()
    {
        var (view, resync) = After(Heard(1, "c-1", "Hi.")).Apply(Heard(3, "c-3", "Lost."));
        Assert.That(resync);
        Assert.That(view.Segments, Has.Count.EqualTo(1));

        var (later, again) = view.Apply(Heard(4, "c-4", "Later."));
        Assert.That(again, Is.False);
        Assert.That(later.Segments, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_missing_delta_asks_for_a_snapshot_too()
    {
        var (view, resync) = After(Started(1)).Apply(Delta(2, 1, "fair"));
        Assert.That(resync);
        Assert.That(view.Suggestion?.Text, Is.Empty);
    }

    [Test]
    public void An_event_that_comes_twice_changes_nothing()
    {
        var view = After(Started(1), Delta(2, 0, "That"));
        Assert.That(view.Apply(Delta(2, 0, "That")).View, Is.SameAs(view));
    }

    [Test]
    public void A_snapshot_replaces_everything_but_the_news()
    {
        var gap = After(Started(1), Delta(2, 0, "That"), new Nudged("n-1", "Kim", "Slow down.") { Number = 3 })
            .Apply(Heard(9, "c-9", "Lost.")).View;
        var restored = new Restored(
            [
                new SegmentView("c-9", Speaker.Customer, "Found.", Final: true, 0, 10),
            ], null, [], null, new CallBrief("Sam"), gap.Status, 5000)
        { Number = 10 };
        var view = gap.Apply(restored).View;
        Assert.That(view.Suggestion, Is.Null, "an open suggestion that is absent is over");
        Assert.That(view.Segments.Single().Text, Is.EqualTo("Found."));
        Assert.That(view.Brief.RepName, Is.EqualTo("Sam"));
        Assert.That(view.Nudges, Has.Count.EqualTo(1));
        Assert.That(view.Apply(Heard(11, "c-11", "On.")).View.Segments, Has.Count.EqualTo(2));
    }

    static CallView After(params CallEvent[] events) => events.Aggregate(new CallView(), (view, callEvent) => view.Apply(callEvent).View);

    static TranscriptUpdated Heard(long number, string id, string text, bool final = true, Speaker speaker = Speaker.Customer) =>
        new(id, speaker, text, final, final, 0, 0) { Number = number };

    static SuggestionStarted Started(long number) => new("s-1", ["c-1"], SuggestionSource.Model, null) { Number = number };

    static SuggestionDelta Delta(long number, int index, string text) => new("s-1", index, text) { Number = number };

    static SuggestionCompleted Completed(long number, string id = "s-1") =>
        new(id, "That is fair.", SuggestionSource.Model, null, null, Latency) { Number = number };
}
