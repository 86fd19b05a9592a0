using System.Diagnostics.Metrics;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>The metrics of rehearsals: every turn of a buyer, and every one that was dropped, with its reason.</summary>
static class RehearsalTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Counter<long> Turns = Meter.CreateCounter<long>(
        "teleprompter.rehearsal.turns", "{turn}", "Turns of buyers in rehearsals by why they spoke and who wrote the words.");

    static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "teleprompter.rehearsal.turns.dropped", "{turn}", "Turns of buyers that were dropped or cut short by reason.");

    static readonly Histogram<double> FirstWords = Meter.CreateHistogram(
        "teleprompter.rehearsal.first_words", "s", "From the word of the rep that made the buyer speak to the buyer's first words.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.02, 0.06, 0.25, 0.5, 1, 2, 4] });

    public static void Speak(string why, SuggestionSource source, TimeSpan waited)
    {
        KeyValuePair<string, object?> by = new("source", source == SuggestionSource.Model ? "model" : "persona");
        Turns.Add(1, new("why", why), by);
        FirstWords.Record(waited.TotalSeconds, by);
    }

    /// <param name="reason">
    /// weaker (another turn is pending), preempted (by a stronger reason), stale (the rep went on), yielded (the rep talked over it),
    /// unheard (no client plays it), tooLong (the cap on a turn), or what ended it: clientAway, paused, workerLost, callEnded.
    /// </param>
    public static void Drop(string reason) => Dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
