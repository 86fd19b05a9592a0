using Teleprompter.Bus;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.TurnTaking;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>How much the cards of the bundled calls change under the rep's eyes.</summary>
public sealed class SampleCallAttentionTests
{
    [TestCaseSource(typeof(SampleCall), nameof(SampleCall.All))]
    public void Cards_change_a_few_times_a_minute_and_never_while_the_rep_answers(SampleCall sample)
    {
        var call = new PipelineRun(configure: model => model.State = ModelState.Ready, cards: ShippedPlaybook.Edition);
        var changes = new List<(TimeSpan At, CardShown Card)>();
        foreach (var (at, segment) in VirtualTime.Play(CallScript.Of(sample.Turns, sample.Id)))
        {
            var wait = TimeSpan.FromMilliseconds(at) - call.Time.Now;
            call.Wait(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            call.Give(new SegmentHeard(segment));
            call.Compare();
            foreach (var card in call.Events.OfType<CardShown>().Skip(changes.Count).ToList())
            {
                changes.Add((call.Time.Now, card));
            }
        }

        var busiest = changes.Max(change =>
            changes.Count(other => other.At <= change.At && change.At - other.At < TimeSpan.FromMinutes(1)));
        var during = changes.Where(change => RepAnswers(sample, change.At.TotalMilliseconds)).ToList();
        TestContext.Out.WriteLine(
            $"{sample.Id}: {changes.Count} cards in {sample.Turns[^1].EndMs / 60_000.0:F1} minutes, at most {busiest} in one; "
            + $"{during.Count} while the rep was speaking and the customer had not spoken since");
        Assert.Multiple(() =>
        {
            Assert.That(busiest, Is.LessThanOrEqualTo(8));
            Assert.That(during.Select(change => (change.At, change.Card.CardId)), Is.Empty);
        });
    }

    // The rep's words are known some 0.35 s after they begin; a card that came before could not know of them.
    static bool RepAnswers(SampleCall sample, double at) => sample.Turns.Any(turn =>
        turn.Speaker == Speaker.Rep && turn.StartMs + 600 < at && at < turn.EndMs
        && !sample.Turns.Any(other => other.Speaker == Speaker.Customer && other.EndMs > turn.StartMs && other.StartMs < at));
}
