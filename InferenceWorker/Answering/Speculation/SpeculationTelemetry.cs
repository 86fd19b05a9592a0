using System.Diagnostics.Metrics;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering.Speculation;

/// <summary>What answering ahead costs and hides.</summary>
static class SpeculationTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "teleprompter.speculation.attempts", "{attempt}", "Answers begun ahead of the end of a turn, by what became of them.");

    static readonly Counter<long> Discarded = Meter.CreateCounter<long>(
        "teleprompter.speculation.tokens.discarded", "{token}", "Estimated tokens of attempts that nobody read.");

    static readonly Histogram<double> Hidden = Meter.CreateHistogram(
        "teleprompter.speculation.hidden", "s", "How long the model had worked before the turn was confirmed.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2] });

    public static void Adopt(TimeSpan hidden)
    {
        Attempts.Add(1, new KeyValuePair<string, object?>("outcome", "adopted"));
        Hidden.Record(hidden.TotalSeconds);
    }

    public static void Discard(string reason, int tokens)
    {
        Attempts.Add(1, new KeyValuePair<string, object?>("outcome", reason));
        Discarded.Add(tokens);
    }
}
