using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Pipeline;

namespace Teleprompter.Tests.Unit.Rehearsal;

/// <summary>A buyer that is said aloud.</summary>
public sealed class SpokenBuyerTests
{
    readonly FakeSpeech speech = new();

    [Test]
    public void A_turn_said_aloud_is_on_the_screen_at_once_and_final_when_it_was_heard()
    {
        var run = BuyerTests.Begin(speech: speech);
        Assert.That(BuyerTests.BuyerSaid(run), Is.Empty);
        Assert.That(speech.Last.Text, Is.EqualTo("What does it cost?"));
        Assert.That(speech.Last.Ended);
        run.Give(speech.Last.Spoken);
        Assert.Multiple(() =>
        {
            Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "What does it cost?" }));
            Assert.That(run.Kept.OfType<SegmentHeard>().Single().Segment.Text, Is.EqualTo("What does it cost?"));
        });
    }

    [TestCase(null)]
    [TestCase("sage")]
    public void A_persona_speaks_in_its_own_voice_where_it_names_one(string? voice)
    {
        BuyerTests.Begin(BuyerTests.Persona("yields") with { Voice = voice }, speech: speech);
        Assert.That(speech.Last.Voice, Is.EqualTo(voice));
    }

    [Test]
    public void The_models_words_go_to_speech_as_they_come()
    {
        var run = Opened(model => model.State = ModelState.Ready);
        run.Say(Speaker.Rep, "It costs forty thousand pounds.");
        run.Model.Plays("Forty thousand is more");
        Assert.That((speech.Last.Text, speech.Last.Ended), Is.EqualTo(("Forty thousand is more", false)));
        run.Model.Plays(" than we pay.", ends: true);
        Assert.That((speech.Last.Text, speech.Last.Ended), Is.EqualTo(("Forty thousand is more than we pay.", true)));
        Assert.That(BuyerTests.BuyerSaid(run), Is.Empty, "it is being said");
        run.Give(speech.Last.Spoken);
        Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "Forty thousand is more than we pay." }));
    }

    [Test]
    public void A_rep_who_talks_over_a_buyer_that_yields_closes_the_model_and_the_voice_together()
    {
        var run = Opened(model => model.State = ModelState.Ready);
        run.Say(Speaker.Rep, "It costs forty thousand pounds.");
        run.Model.Plays("Forty thousand is more");
        var turn = speech.Last;
        Report(run, playedMs: 1400);
        run.Speak("May I just explain");
        Assert.Multiple(() =>
        {
            Assert.That(turn.IsOpen, Is.False);
            Assert.That(run.Model.Played[^1].Cancellation.IsCancellationRequested);
            Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "Forty thousand" }), "what was heard");
        });
    }

    [Test]
    public void A_client_that_hears_the_rep_begin_stops_a_buyer_that_yields_and_keeps_what_was_heard()
    {
        var run = Opened(model => model.State = ModelState.Ready);
        run.Say(Speaker.Rep, "It costs forty thousand pounds.");
        run.Model.Plays("Forty thousand is more");
        Report(run, playedMs: 600, stopped: true);
        Assert.Multiple(() =>
        {
            Assert.That(speech.Last.IsOpen, Is.False);
            Assert.That(run.Model.Played[^1].Cancellation.IsCancellationRequested);
            Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "Forty" }));
        });
    }

    [Test]
    public void Neither_a_buyer_that_holds_nor_another_turn_is_stopped_by_a_report()
    {
        var run = BuyerTests.Begin(BuyerTests.Persona("holds"), speech: speech);
        Report(run, playedMs: 600, stopped: true);
        Assert.That(speech.Last.IsOpen);
        var yields = Opened(_ => { });
        yields.Say(Speaker.Rep, "It costs forty thousand pounds.");
        yields.Give(new SpeechPlayed(new SpeechReport("buyer-before", 600, Stopped: true)));
        Assert.That(speech.Last.IsOpen);
    }

    [Test]
    public void A_turn_that_no_client_plays_is_broken_off()
    {
        var run = Opened(model => model.State = ModelState.Ready);
        run.Say(Speaker.Rep, "It costs forty thousand pounds.");
        run.Model.Plays("Forty thousand is more");
        run.Give(speech.Last.Spoken with { Unheard = true });
        Assert.That(speech.Last.IsOpen, Is.False);
        Assert.That(run.Model.Played[^1].Cancellation.IsCancellationRequested, "the model writes for nobody");
    }

    [Test]
    public void The_rep_is_told_whether_the_buyer_speaks_and_whether_it_yields()
    {
        var run = new PipelineRun(attached: false, persona: BuyerTests.Persona("holds"), speech: speech);
        run.Give(new ClientAttached(PipelineRun.Connection));
        var rehearsal = run.Events.OfType<Restored>().Single().Rehearsal!;
        Assert.That((rehearsal.Voice, rehearsal.Persona.Holds), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_client_that_reconnects_while_the_buyer_opens_aloud_hears_one_opening()
    {
        var run = BuyerTests.Begin(speech: speech);
        run.Give(new ClientAttached(PipelineRun.Connection));
        Assert.That(speech.Turns, Has.Count.EqualTo(1));
        run.Give(speech.Last.Spoken);
        Assert.That(run.Kept.OfType<SegmentHeard>().Single().Segment.Text, Is.EqualTo("What does it cost?"));
    }

    [Test]
    public void A_turn_of_which_nothing_was_heard_leaves_the_transcript()
    {
        var run = Opened(model => model.State = ModelState.Ready);
        run.Say(Speaker.Rep, "It costs forty thousand pounds.");
        run.Model.Plays("Forty thousand is more");
        run.Speak("May I just explain");
        Assert.Multiple(() =>
        {
            Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "" }));
            Assert.That(run.Kept.OfType<SegmentHeard>(), Is.Empty);
        });
        run.Give(new SnapshotAsked(PipelineRun.Connection));
        Assert.That(run.Events.OfType<Restored>().Last().Segments.Select(segment => segment.Text), Has.None.Contain("Forty"));
    }

    [Test]
    public void A_buyer_that_holds_goes_on_and_answers_what_the_rep_said_meanwhile()
    {
        var run = BuyerTests.Begin(BuyerTests.Persona("holds"), speech: speech);
        run.Say(Speaker.Rep, "It costs forty thousand pounds a year.");
        Assert.That(speech.Turns, Has.Count.EqualTo(1));
        Assert.That(speech.Last.IsOpen);
        run.Give(speech.Last.Spoken);
        Assert.That(speech.Turns, Has.Count.EqualTo(2));
        Assert.That(speech.Last.Text, Is.EqualTo("That is too much."));
    }

    [Test]
    public void Where_the_voice_fails_the_words_stand_as_text()
    {
        var run = Opened(model => model.State = ModelState.Ready);
        run.Say(Speaker.Rep, "It costs forty thousand pounds.");
        run.Model.Plays("Forty thousand is more");
        run.Give(speech.Last.Spoken with { Failed = true });
        run.Model.Plays(" than we pay.", ends: true);
        Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "Forty thousand is more than we pay." }));
    }

    [Test]
    public void The_last_words_of_a_buyer_that_hangs_up_are_heard()
    {
        var run = BuyerTests.Begin(BuyerTests.Persona("hangs up after 2 interruptions"), speech: speech);
        run.Give(speech.Last.Spoken);
        run.Speak("As I said it is a partnership for the two of us and more");
        run.Give(speech.Last.Spoken);
        run.Speak(BuyerTests.Speech);
        run.Give(speech.Last.Spoken);
        run.Speak("And again it is a partnership for the two of us, as I said, and more");
        Assert.That(run.Over, Is.False);
        Assert.That(speech.Last.Text, Is.EqualTo("Goodbye."));
        run.Give(speech.Last.Spoken);
        Assert.That(run.Over);
        Assert.That(BuyerTests.BuyerSaid(run), Does.Contain("Goodbye."));
    }

    [Test]
    public void A_turn_whose_end_never_comes_is_ended_by_the_clock()
    {
        var run = BuyerTests.Begin(speech: speech);
        var turn = speech.Last;
        Report(run, playedMs: 900);
        run.Wait(TimeSpan.FromSeconds(26));
        Assert.That(turn.IsOpen, Is.False);
        Assert.That(BuyerTests.BuyerSaid(run), Is.EqualTo(new[] { "What does" }));
    }

    [Test]
    public void A_listener_who_is_gone_ends_the_voice()
    {
        var run = BuyerTests.Begin(speech: speech);
        run.Give(new ClientDetached(PipelineRun.Connection));
        run.Wait(TimeSpan.FromSeconds(2.5));
        Assert.That(speech.Last.IsOpen, Is.False);
    }

    void Report(PipelineRun run, int playedMs, bool stopped = false) =>
        run.Give(new SpeechPlayed(new SpeechReport(speech.Last.Id, playedMs, stopped)));

    /// <summary>A rehearsal whose buyer has said its first line.</summary>
    PipelineRun Opened(Action<FakeModel> configure)
    {
        var run = BuyerTests.Begin(BuyerTests.Persona("yields"), configure: configure, speech: speech);
        run.Give(speech.Last.Spoken);
        run.Events.Clear();
        run.Kept.Clear();
        return run;
    }
}
