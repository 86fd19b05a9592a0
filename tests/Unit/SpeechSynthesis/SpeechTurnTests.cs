using Microsoft.Extensions.Logging.Abstractions;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.SpeechSynthesis;

/// <summary>A turn said aloud, on a clock that moves only when told to.</summary>
public sealed class SpeechTurnTests : IDisposable
{
    const string Text = "That is far too much. Why would I sign that? Tell me.";

    readonly ManualTimeProvider time = new();
    readonly FakeSynthesizer server = new();
    readonly List<SpeechFrame> frames = [];
    readonly List<CallInput> posted = [];
    readonly CancellationTokenSource turnOver = new();
    ISpeechTurn turn = null!;
    TimeSpan played;

    [SetUp]
    public void Begin()
    {
        // NUnit's own would take what follows from an input to another thread.
        SynchronizationContext.SetSynchronizationContext(null);
        var stage = new SpeechStage(new SynthesisLog(time, NullLogger<SynthesisLog>.Instance), time, server);
        turn = new CallSpeech(stage, frames.Add, Post).Begin("buyer-1", voice: null, turnOver.Token);
    }

    public void Dispose() => turnOver.Dispose();

    [Test]
    public void The_first_clause_is_asked_for_while_the_model_still_writes()
    {
        turn.Write("That is far too", ended: false);
        Assert.That(server.Requests, Is.Empty);
        turn.Write("That is far too much. Why", ended: false);
        Assert.That(server.Requests.Single().Text, Is.EqualTo("That is far too much."));
    }

    [Test]
    public void Clauses_are_said_in_their_order_with_one_request_ahead()
    {
        turn.Write(Text, ended: true);
        Assert.That(server.Requests, Has.Count.EqualTo(1), "nothing is ahead of a clause that has no sound yet");
        server.Requests[0].Send(TimeSpan.FromSeconds(1), ends: false);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        server.Requests[1].Send(TimeSpan.FromSeconds(1));
        Assert.That(server.Requests, Has.Count.EqualTo(2), "no more than one ahead");
        Assert.That(Sent, Is.EqualTo(TimeSpan.FromSeconds(1)).Within(TimeSpan.FromMilliseconds(40)), "the second waits for the first");
        server.Requests[0].Send(TimeSpan.FromMilliseconds(10));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        server.Requests[2].Send(TimeSpan.FromSeconds(1));
        Play(TimeSpan.FromSeconds(10));
        Assert.Multiple(() =>
        {
            Assert.That(server.Requests.Select(request => request.Text), Is.EqualTo(
                new[] { "That is far too much.", "Why would I sign that?", "Tell me." }));
            Assert.That(frames.Select(frame => frame.Number), Is.EqualTo(Enumerable.Range(0, frames.Count)));
            Assert.That(Sent, Is.EqualTo(TimeSpan.FromSeconds(3.01)).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(frames.Where(frame => frame.End is not null), Is.EqualTo(frames.TakeLast(1)));
            Assert.That(frames[^1].End, Is.EqualTo(SpeechEnd.Complete));
            Assert.That(posted, Is.EqualTo(new[] { new TurnSpoken("buyer-1", Failed: false) }));
        });
    }

    [Test]
    public void Sound_leaves_only_a_little_ahead_of_what_is_played_and_the_turn_lasts_until_it_was()
    {
        turn.Write("That is far too much.", ended: true);
        server.Requests[0].Send(TimeSpan.FromSeconds(5));
        Assert.That(Sent, Is.EqualTo(SpeechTurn.Lead).Within(TimeSpan.FromMilliseconds(80)));
        Play(TimeSpan.FromSeconds(2));
        Assert.That(Sent, Is.EqualTo(SpeechTurn.Lead + TimeSpan.FromSeconds(2)).Within(TimeSpan.FromMilliseconds(80)));
        Play(TimeSpan.FromSeconds(3));
        Assert.That(posted, Is.Empty, "the last frame is still on its way to the ear");
        time.Advance(TimeSpan.FromSeconds(0.3));
        Assert.That(posted, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_interruption_closes_every_request_and_tells_the_listener_to_be_silent()
    {
        turn.Write(Text, ended: true);
        server.Requests[0].Send(TimeSpan.FromSeconds(1), ends: false);
        Assert.That(server.Open.Count(), Is.EqualTo(2));
        turnOver.Cancel();
        Assert.Multiple(() =>
        {
            Assert.That(server.Open, Is.Empty);
            Assert.That(frames[^1].End, Is.EqualTo(SpeechEnd.Stopped));
            Assert.That(posted, Is.Empty);
        });
    }

    [Test]
    public void What_was_heard_is_what_the_client_played_and_at_most_what_was_sent()
    {
        turn.Write("That is far too much. Why", ended: false);
        server.Requests[0].Send(TimeSpan.FromSeconds(2.1));
        time.Advance(TimeSpan.FromSeconds(1));
        string Heard(double seconds)
        {
            turn.Report(TimeSpan.FromSeconds(seconds));
            return turn.Heard;
        }

        Assert.Multiple(() =>
        {
            Assert.That(turn.Heard, Is.Empty);
            Assert.That(Heard(0.35), Is.EqualTo("That"));
            Assert.That(Heard(99), Is.EqualTo("That is far too much."));
        });
    }

    [Test]
    public void A_client_that_tells_nothing_for_two_seconds_plays_nothing_and_all_is_closed()
    {
        turn.Write("That is far too much. Why", ended: false);
        server.Requests[0].Send(TimeSpan.FromSeconds(1), ends: false);
        time.Advance(TimeSpan.FromSeconds(1.9));
        turn.Report(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(server.Open.Count(), Is.EqualTo(1));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Multiple(() =>
        {
            Assert.That(server.Open, Is.Empty);
            Assert.That(frames[^1].End, Is.EqualTo(SpeechEnd.Stopped));
            Assert.That(posted, Is.EqualTo(new[] { new TurnSpoken("buyer-1", Failed: false) { Unheard = true } }));
        });
    }

    [Test]
    public void A_turn_that_a_lost_frame_ended_for_the_client_was_not_heard_to_its_end()
    {
        turn.Write("That is far too much.", ended: true);
        server.Requests[0].Send(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(0.5));
        turn.Report(TimeSpan.FromSeconds(0.5));
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(posted, Is.Empty, "all was sent, and a word of it may still come");
        time.Advance(TimeSpan.FromSeconds(0.2));
        // A delay that is cancelled ends on another thread.
        Assert.That(SpinWait.SpinUntil(() => posted.Count > 0, TimeSpan.FromSeconds(60)));
        Assert.That(posted, Is.EqualTo(new[] { new TurnSpoken("buyer-1", Failed: false) { Unheard = true } }));
        Assert.That(turn.Heard, Is.EqualTo("That is"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_failure_leaves_the_rest_as_text_and_closes_what_is_ahead(bool afterSound)
    {
        turn.Write(Text, ended: true);
        if (afterSound)
        {
            server.Requests[0].Send(TimeSpan.FromSeconds(0.5), ends: false);
        }

        server.Requests[0].Fail(SynthesisFailure.Unreachable);
        Assert.Multiple(() =>
        {
            Assert.That(posted, Is.EqualTo(new[] { new TurnSpoken("buyer-1", Failed: true) }));
            Assert.That(server.Open, Is.Empty);
            Assert.That(frames.LastOrDefault()?.End, Is.EqualTo(afterSound ? SpeechEnd.Complete : null));
        });
    }

    [Test]
    public void Words_that_take_back_what_was_said_are_text()
    {
        turn.Write("That is far too much. Why", ended: false);
        turn.Write("You are right. Go on.", ended: true);
        server.Requests[0].Send(TimeSpan.FromSeconds(1));
        Play(TimeSpan.FromSeconds(2));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(posted, Has.Count.EqualTo(1));
    }

    /// <summary>Lets time pass for a client that plays.</summary>
    void Play(TimeSpan length)
    {
        for (var passed = TimeSpan.Zero; passed < length && posted.Count == 0; passed += TimeSpan.FromSeconds(0.5))
        {
            time.Advance(TimeSpan.FromSeconds(0.5));
            turn.Report(played += TimeSpan.FromSeconds(0.5));
        }
    }

    TimeSpan Sent => frames.Aggregate(TimeSpan.Zero, (sum, frame) => sum + frame.Duration());

    bool Post(CallInput input)
    {
        posted.Add(input);
        return true;
    }
}
