using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Relay;

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
}
