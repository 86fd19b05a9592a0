using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Relay;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Relay;

public sealed class GatewaySpansTests
{
    // All tests share the meter: the latency tells whose a record is.
    [TestCase(false, 987_654, 1)]
    [TestCase(true, 876_543, 0)]
    public void A_rehearsal_counts_into_no_live_calls_latency(bool rehearses, int milliseconds, int times)
    {
        var recorded = new ConcurrentBag<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == "teleprompter.suggestion.first_words")
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => recorded.Add(seconds));
        listener.Start();

        var spans = new GatewaySpans(TimeProvider.System) { Rehearses = rehearses };
        var latency = new SuggestionLatency(milliseconds, 0, 0, 0, 0, 0, 0);
        spans.Complete(new SuggestionCompleted("s", "Words.", SuggestionSource.Model, null, null, latency));

        Assert.That(recorded.Count(seconds => seconds == milliseconds / 1000.0), Is.EqualTo(times));
    }

    [Test]
    public void The_bus_is_measured_of_the_newest_64_turns_that_have_no_outcome()
    {
        var time = new ManualTimeProvider();
        var spans = new GatewaySpans(time);
        for (var turn = 0; turn <= 65; turn++)
        {
            spans.Receive($"t{turn}");
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        spans.Complete(new TurnSettled("t65", TurnOutcome.Suggested, SettleReason.ByModel, SuggestionId: null));
        Assert.Multiple(() =>
        {
            Assert.That(Measures(spans, "t1"), Is.False, "the oldest gave way");
            Assert.That(Measures(spans, "t2"), Is.True);
            Assert.That(Measures(spans, "t64"), Is.True);
            Assert.That(Measures(spans, "t65"), Is.False, "it has its outcome");
        });
    }

    static bool Measures(GatewaySpans spans, string turnId)
    {
        var suggestionId = $"of {turnId}";
        spans.Complete(new SuggestionStarted(suggestionId, [turnId], SuggestionSource.Model, CardId: null));
        spans.Complete(new SuggestionDelta(suggestionId, 0, "Words."));
        spans.Complete(new SuggestionCompleted(
            suggestionId, "Words.", SuggestionSource.Model, null, null, new SuggestionLatency(0, 0, 0, 0, 0, 0, 0)));
        return spans.BusOf(suggestionId) is not null;
    }
}
