using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.Unit.Clock;
using Teleprompter.Tests.Unit.Transcription;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>
/// Six calls, two streams and a clock, moved by a seeded scheduler: turns, words, failures, sockets that come and go, in every order. After
/// each step and at the end the promises of levels 2 and 3 must hold. A failing seed prints itself.
/// </summary>
public sealed class InterleavingTests
{
    const int Seeds = 2000;
    const int Steps = 120;
    const int Calls = 6;
    const int Slots = 2;

    [Test]
    public void Whatever_the_order_every_turn_has_one_outcome_and_nothing_stale_is_shown()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                new World(seed).Run();
            }
            catch (Exception broken)
            {
                throw new AssertionException($"Seed {seed}: {broken.Message}", broken);
            }
        }
    }

    sealed class World
    {
        static readonly PlaybookEdition Cards = PlaybookEdition.Create(
            [new("price", "Price", ["The price is too high", "That is too expensive"], "What would make it worth it?", null, null)], []);

        readonly Random random;
        readonly ManualTimeProvider time = new();
        readonly AdmissionGate gate;
        readonly CallUnderTest[] calls;

        public World(int seed)
        {
            random = new Random(seed);
            gate = FakeModel.NewGate(time, Slots);
            calls = [.. Enumerable.Range(0, Calls).Select(i => new CallUnderTest($"call-{i}", time, gate, Cards, random))];
        }

        public void Run()
        {
            for (var step = 0; step < Steps; step++)
            {
                calls[random.Next(Calls)].Step();
                time.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
                Check();
            }

            // The storm is over: whoever was away is back, every stream ends, and time passes.
            for (var round = 0; round < 40; round++)
            {
                Array.ForEach(calls, call => call.Calm());
                time.Advance(TimeSpan.FromMilliseconds(500));
                Check();
            }

            Array.ForEach(calls, call => call.CheckAtTheEnd());
        }

        void Check()
        {
            Assert.That(calls.Sum(call => call.OpenStreams), Is.LessThanOrEqualTo(Slots), "more streams than slots");
            Array.ForEach(calls, call => call.Check());
        }
    }

    sealed class CallUnderTest : ICallOutput
    {
        readonly string callId;
        readonly Random random;
        readonly Queue<CallInput> mailbox = new();
        readonly CallPipeline pipeline;
        readonly CallClock clock;
        readonly FakeModel model;
        readonly List<string> deserving = [];
        readonly Dictionary<string, TurnSettled> settled = new(StringComparer.Ordinal);
        string? openSuggestion;
        int nextIndex;
        int segments;
        int connections;
        bool away;

        public CallUnderTest(string callId, ManualTimeProvider time, AdmissionGate gate, PlaybookEdition cards, Random random)
        {
            (this.callId, this.random) = (callId, random);
            model = new FakeModel(time, mailbox.Enqueue) { CallId = callId, Gate = gate, State = ModelState.Ready };
            var record = new CallRecord(callId, "hash", null, time.GetUtcNow(), CallBrief.Empty, null);
            clock = new CallClock(time, record.StartedAt);
            var stages = StagesUnderTest.With(cards, time);
            pipeline = new CallPipeline(
                new StoredCall(record, new("w1", 1), []),
                stages,
                clock,
                this,
                model,
                new CallMatching(stages.Matching, Post),
                new CallTranscription(new FakeTranscriber()),
                new Presence());
            Attach();
        }

        public int OpenStreams => model.Streams.Count(stream => stream.Open && !ended.Contains(stream.Id));

        readonly HashSet<long> ended = [];

        public void Step()
        {
            switch (random.Next(12))
            {
                case 0 or 1 or 2:
                    Say(
                    random.Next(2) == 0 ? "The price is too high for us." : $"And what about topic {random.Next(99)} then?"); break;
                case 3 or 4 or 5: Words(); break;
                case 6: EndStream(random.Next(4) == 0 ? ModelFailure.Stalled : null); break;
                case 7 when !away: Give(new ClientDetached($"connection-{connections}")); away = true; break;
                case 7 or 8: Attach(); break;
                case 9: model.State = random.Next(4) == 0 ? ModelState.Unavailable : ModelState.Ready; Give(new ModelStateMoved()); break;
                case 10 when openSuggestion is not null: Give(new FeedbackGiven(new(openSuggestion, FeedbackKind.Dismissed))); break;
            }

            Deliver();
        }

        public void Calm()
        {
            model.State = ModelState.Ready;
            if (away)
            {
                Attach();
            }

            Words();
            EndStream(null);
            Deliver();
        }

        public void Check()
        {
            while (pipeline.Due <= clock.Now)
            {
                Give(new DeadlinePassed());
            }

            Assert.That(OpenStreams, Is.LessThanOrEqualTo(1), $"{callId}: two streams of one call");
        }

        public void CheckAtTheEnd()
        {
            Assert.That(openSuggestion, Is.Null, $"{callId}: a suggestion without an end");
            Assert.That(deserving.Except(settled.Keys, StringComparer.Ordinal), Is.Empty, $"{callId}: turns without an outcome");
            Assert.That(OpenStreams, Is.Zero, $"{callId}: a stream is left open");
        }

        bool Post(CallInput input)
        {
            mailbox.Enqueue(input);
            return true;
        }

        void ICallOutput.Keep(CallInput entry)
        {
        }

        void ICallOutput.Emit(CallEvent callEvent, string? connectionId, long? since)
        {
            switch (callEvent)
            {
                case SuggestionStarted started:
                    Assert.That(openSuggestion, Is.Null, "two suggestions open");
                    (openSuggestion, nextIndex) = (started.SuggestionId, 0);
                    break;
                case SuggestionDelta delta:
                    Assert.That((delta.SuggestionId, delta.Index), Is.EqualTo((openSuggestion, nextIndex++)), "deltas not contiguous");
                    Assert.That(delta.Text, Does.Not.Contain("stale"));
                    break;
                case SuggestionCompleted completed:
                    Assert.That(completed.SuggestionId, Is.EqualTo(openSuggestion));
                    openSuggestion = null;
                    break;
                case SuggestionWithdrawn withdrawn:
                    Assert.That(withdrawn.SuggestionId, Is.EqualTo(openSuggestion));
                    openSuggestion = null;
                    break;
                case TurnSettled outcome:
                    Assert.That(settled.TryAdd(outcome.TurnId, outcome), Is.True, "a turn settled twice");
                    break;
            }
        }

        void Attach()
        {
            away = false;
            Give(new ClientAttached($"connection-{++connections}"));
        }

        void Say(string text)
        {
            var id = $"c-{++segments}";
            deserving.Add(id);
            Give(new SegmentHeard(new TranscriptSegment(id, Speaker.Customer, text, Final: true)));
        }

        void Words()
        {
            if (model.Streams.Count == 0)
            {
                return;
            }

            var stream = model.Streams[random.Next(Math.Max(0, model.Streams.Count - 2), model.Streams.Count)];
            if (!ended.Contains(stream.Id))
            {
                mailbox.Enqueue(new WordsWritten(stream.Id, stream.Open ? "words " : "stale "));
            }
        }

        void EndStream(ModelFailure? failure)
        {
            if (model.Streams.Count > 0 && ended.Add(model.Last.Id) && model.Last.Open)
            {
                mailbox.Enqueue(new WritingEnded(model.Last.Id, failure) { Repeats = failure is null && random.Next(4) == 0 });
            }
        }

        /// <summary>Some of what waits is delivered now, in order; the rest later.</summary>
        void Deliver()
        {
            for (var n = random.Next(mailbox.Count + 1); n > 0; n--)
            {
                Give(mailbox.Dequeue());
            }
        }

        void Give(CallInput input) => pipeline.Handle(input);
    }
}
