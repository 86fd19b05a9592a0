using System.Diagnostics;
using System.Runtime.InteropServices;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Pipeline;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.Rehearsal;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>Voices in a call's pipeline: their words go the way of words that a client sends.</summary>
public sealed class HeardPipelineTests
{
    readonly PipelineRun call = new();

    [SetUp]
    public void Transcribe() => call.Transcriber.State = TranscriptionState.Ready;

    [Test]
    public void What_a_voice_says_is_shown_kept_and_answered()
    {
        Say();
        Answer("The price is too high?");

        var kept = call.Kept.OfType<SegmentHeard>().Single().Segment;
        var shown = call.Events.OfType<TranscriptUpdated>().Last();
        Assert.That(
            (shown.SegmentId, shown.Text, shown.Final, shown.EndOfTurn),
            Is.EqualTo((kept.SegmentId, "The price is too high?", true, true)));
        Assert.That(shown.FirmChars, Is.EqualTo(shown.Text.Length));
        var settled = call.Settled.Single();
        Assert.That((settled.TurnId, settled.Outcome), Is.EqualTo((kept.SegmentId, TurnOutcome.Suggested)));
    }

    [Test]
    public void A_suggestions_latency_counts_from_the_end_of_the_voice()
    {
        Say();
        call.Wait(TimeSpan.FromMilliseconds(100));
        Answer("The price is too high?");

        var latency = call.Events.OfType<SuggestionCompleted>().Single().Latency;
        Assert.That(latency.TurnMs, Is.InRange(250, 400));
        Assert.That(latency.SinceOldestMs, Is.EqualTo(latency.TurnMs).Within(1));
    }

    [Test]
    public void A_suggestion_for_a_voice_is_in_the_trace_of_the_end_of_its_speech()
    {
        var told = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.SourceName,
            Sample = (ref options) => options.Parent == told ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        Say();
        call.Give(
            new AudioHeard(
                new AudioFrame(Speaker.Customer, 42, (long)call.Time.Now.TotalMilliseconds, [], EndOfSpeech: true))
            { Trace = told });
        Answer("The price is too high?");

        Assert.That(spans.Select(span => (span.OperationName, span.TraceId)), Does.Contain(("suggestion", told.TraceId)));
    }

    [Test]
    public void A_call_that_is_taken_over_gives_its_segments_ids_of_their_own()
    {
        Say();
        Answer("The price is too high?");
        var next = new PipelineRun(call.Kept);
        next.Transcriber.State = TranscriptionState.Ready;
        Say(next);
        Answer("Is our data secure?", next);

        Assert.That(
            next.Kept.OfType<SegmentHeard>().Single().Segment.SegmentId,
            Is.Not.EqualTo(call.Kept.OfType<SegmentHeard>().Single().Segment.SegmentId));
    }

    [Test]
    public void Off_the_record_nothing_is_transcribed_and_what_was_under_way_ends()
    {
        Say();
        var underWay = call.Transcriber.Requests[^1];

        call.Give(new PauseSet(Paused: true, AtMs: 1));
        Assert.That(underWay.Open, Is.False);
        var requests = call.Transcriber.Requests.Count;
        call.Give(new SpeechTranscribed(underWay.Asked.Id, "The price is too high?"));
        Say();

        Assert.That(call.Transcriber.Requests, Has.Count.EqualTo(requests));
        Assert.That(call.Kept.OfType<SegmentHeard>(), Is.Empty);
    }

    [Test]
    public void Channels_that_are_swapped_swap_whose_words_a_voices_are()
    {
        call.Give(new SpeakersSwapped(Swapped: true, AtMs: 1));
        Say();
        Answer("The price is too high?");
        Assert.That(call.Events.OfType<TranscriptUpdated>().Last().Speaker, Is.EqualTo(Speaker.Rep));
        Assert.That(call.Settled, Is.Empty);

        call.Give(new SpeakersSwapped(Swapped: false, AtMs: 2));
        Assert.That(call.Settled.Single().Outcome, Is.EqualTo(TurnOutcome.Suggested));
        Assert.That(
            call.Kept.OfType<SegmentHeard>().Single().Segment.Speaker, Is.EqualTo(Speaker.Customer), "What is kept is the channel.");
    }

    [Test]
    public void A_call_that_ends_or_changes_hands_ends_what_is_under_way()
    {
        Say();

        call.Give(new CallClosed());

        Assert.That(call.Transcriber.Requests.Select(request => request.Open), Is.All.False);
    }

    [Test]
    public void The_status_tells_when_the_transcriber_stops_answering()
    {
        call.Give(new SnapshotAsked(PipelineRun.Connection));
        call.Transcriber.State = TranscriptionState.Unavailable;
        call.Give(new TranscriberMoved());

        Assert.That(call.Events.OfType<StatusChanged>().Last().Status.Transcription, Is.EqualTo(TranscriptionState.Unavailable));
    }

    [Test]
    public void The_status_tells_how_late_words_are_without_anything_else_happening()
    {
        Say();
        call.Wait(TimeSpan.FromSeconds(3));

        var told = call.Events.OfType<StatusChanged>().Where(changed => changed.Status.Transcription == TranscriptionState.Behind)
            .Select(changed => changed.Status.LagMs);
        Assert.That(told, Is.EqualTo(new[] { 1000L, 1500, 2000, 2500 }).Or.EqualTo(new[] { 1000L, 1500, 2000, 2500, 3000 }));
    }

    [TestCase(Speaker.Customer, false, false, ExpectedResult = true)]
    [TestCase(Speaker.Rep, false, false, ExpectedResult = false, Description = "The rep is not answered.")]
    [TestCase(Speaker.Rep, true, false, ExpectedResult = true, Description = "Swapped, it is the customer's channel.")]
    [TestCase(Speaker.Rep, false, true, ExpectedResult = true, Description = "A buyer answers the rep.")]
    public bool The_words_so_far_of_whoever_is_answered_are_asked_for_more_often(Speaker channel, bool swapped, bool rehearses)
    {
        var run = new PipelineRun(persona: rehearses ? BuyerTests.Persona("holds") : null);
        run.Transcriber.State = TranscriptionState.Ready;
        run.Give(new SpeakersSwapped(swapped, AtMs: 1));
        var answered = 0;
        Say(run, channel, () =>
        {
            if (run.Transcriber.Requests.Count > answered)
            {
                answered++;
                Answer("The price", run);
            }
        });

        // The voice lasts for 1.25 s; its first words are asked for after half a second.
        return run.Transcriber.Requests.Count(request => !request.Asked.Final) > 1;
    }

    void Say() => Say(call);

    static void Say(PipelineRun call, Speaker channel = Speaker.Customer, Action? heard = null)
    {
        var speech = Recording.Load(SharedData.Find("audio/sales-call.wav")).Channels[0].AsSpan(56_400 * 16, 1_250 * 16);
        var startMs = (long)call.Time.Now.TotalMilliseconds;
        for (var i = 0; (i + 1) * 480 <= speech.Length; i++)
        {
            call.Wait(TimeSpan.FromMilliseconds(30));
            call.Give(
                new AudioHeard(
                    new AudioFrame(channel, i, startMs + (i * 30), MemoryMarshal.AsBytes(speech.Slice(i * 480, 480)).ToArray())));
            heard?.Invoke();
        }
    }

    void Answer(string text) => Answer(text, call);

    static void Answer(string text, PipelineRun call) => call.Give(new SpeechTranscribed(call.Transcriber.Requests[^1].Asked.Id, text));
}
