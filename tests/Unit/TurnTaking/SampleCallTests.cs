using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.Tests.Unit.TurnTaking;

public sealed class SampleCallTests
{
    static readonly HashSet<string> cards =
    [
        "price-too-high", "discount-request", "competitor-cheaper", "security-compliance", "data-residency", "integration",
        "migration-effort", "timeline-urgent",
        "not-now", "budget-frozen", "need-approval", "send-me-information", "trial-or-pilot", "contract-terms", "cancellation",
        "support-sla", "adoption-worry",
        "roi-proof", "references", "happy-with-current", "feature-gap", "scalability", "ai-accuracy", "next-step",
    ];

    [TestCaseSource(typeof(SampleCall), nameof(SampleCall.All))]
    public void A_call_lasts_two_to_four_minutes_as_listed(SampleCall call)
    {
        var minutes = call.Turns[^1].EndMs / 60_000.0;
        var listing = SampleCall.Index.Single(listing => listing.Id == call.Id);
        Assert.Multiple(() =>
        {
            Assert.That(minutes, Is.InRange(2, 4));
            Assert.That(listing.Minutes, Is.EqualTo(minutes).Within(0.06));
            Assert.That((listing.Title, listing.Kind), Is.EqualTo((call.Title, call.Kind)));
        });
    }

    [TestCaseSource(typeof(SampleCall), nameof(SampleCall.All))]
    public void Nobody_talks_over_themselves(SampleCall call)
    {
        foreach (var voice in call.Turns.GroupBy(turn => turn.Speaker))
        {
            Assert.That(voice.Zip(voice.Skip(1)).Where(pair => pair.Second.StartMs < pair.First.EndMs), Is.Empty);
            Assert.That(voice.Where(turn => turn.EndMs <= turn.StartMs), Is.Empty);
        }
    }

    [TestCaseSource(typeof(SampleCall), nameof(SampleCall.All))]
    public void A_call_is_spoken_at_a_natural_pace(SampleCall call)
    {
        var words = call.Turns.Sum(turn => turn.Text.Split(' ').Length);
        var minutes = call.Turns.Sum(turn => turn.EndMs - turn.StartMs) / 60_000.0;
        Assert.That(words / minutes, Is.InRange(145, 170));
    }

    [TestCaseSource(typeof(SampleCall), nameof(SampleCall.All))]
    public void Only_a_customer_turn_that_deserves_an_answer_expects_a_card(SampleCall call) =>
        Assert.That(call.Turns.Where(turn => turn.Card is not null && (turn.Speaker == Speaker.Rep || !turn.Deserves)), Is.Empty);

    [Test]
    public void Together_the_calls_touch_every_card() =>
        Assert.That(
            SampleCall.All.SelectMany(call => call.Turns).Select(turn => turn.Card).OfType<string>().Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(cards));

    [Test]
    public void No_question_is_missed_and_a_deserving_turn_triggers_once_or_little_more()
    {
        var deserving = 0;
        var triggers = 0;
        List<string> missed = [];
        foreach (var call in SampleCall.All)
        {
            var triggered = Triggers(call).GroupBy(turn => turn).ToDictionary(turn => turn.Key, turn => turn.Count());
            var labelled = call.Turns.Where(turn => turn.Deserves).ToArray();
            missed.AddRange(labelled.Except(triggered.Keys).Select(turn => turn.Text));
            deserving += labelled.Length;
            triggers += triggered.Values.Sum();
            TestContext.Out.WriteLine($"{call.Id}: {triggered.Values.Sum()} triggers for {labelled.Length} deserving turns");
            foreach (var (turn, count) in triggered.Where(pair => pair.Value != (pair.Key.Deserves ? 1 : 0)))
            {
                TestContext.Out.WriteLine($"  {count} x {turn.Text}");
            }
        }

        var ratio = (double)triggers / deserving;
        TestContext.Out.WriteLine($"triggers / deserving turns = {triggers} / {deserving} = {ratio:F2}, missed {missed.Count}");
        Assert.Multiple(() =>
        {
            Assert.That(missed, Is.Empty);
            Assert.That(ratio, Is.LessThanOrEqualTo(1.25));
        });
    }

    /// <summary>
    /// The turn behind each ended customer turn that deserves an answer. A trigger counts for the turn in which its last words were said.
    /// </summary>
    static IEnumerable<LabelledTurn> Triggers(SampleCall call)
    {
        List<string> words = [];
        var lastId = "";
        foreach (
            var (at, segment) in VirtualTime.Play(CallScript.Of(call.Turns, call.Id))
                .Where(sent => sent.Segment is { Speaker: Speaker.Customer, Final: true }))
        {
            if (segment.SegmentId != lastId)
            {
                words.Add(segment.Text);
                lastId = segment.SegmentId;
            }

            if (!segment.EndsTurn())
            {
                continue;
            }

            var heardFromRep = call.Turns.Where(turn => turn.Speaker == Speaker.Rep && turn.EndMs <= at).TakeLast(3)
                .Select(turn => turn.Text);
            if (DeservesAnswer.Refusal(string.Join(' ', words), string.Join(' ', heardFromRep)) is null)
            {
                yield return call.Turns.Last(turn => turn.Speaker == Speaker.Customer && turn.StartMs <= segment.StartMs);
            }

            words.Clear();
        }
    }
}
