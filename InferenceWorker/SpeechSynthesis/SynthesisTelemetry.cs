using System.Diagnostics.Metrics;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>The metrics of speech. No labels of calls, users or texts.</summary>
static class SynthesisTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly UpDownCounter<int> Open = Meter.CreateUpDownCounter<int>(
        "teleprompter.speech.open_requests", "{request}", "Requests for speech under way.");

    static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "teleprompter.speech.requests", "{request}", "Requests for speech by outcome: answered, cancelled, or the failure.");

    static readonly Histogram<double> FirstAudio = Meter.CreateHistogram(
        "teleprompter.speech.time_to_first_audio", "s", "From asking for a clause to its first sound.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2] });

    static readonly Counter<long> Turns = Meter.CreateCounter<long>(
        "teleprompter.speech.turns", "{turn}",
        "Turns of buyers by how their sound ended: complete, stopped, unheard (no client plays it), failed (the rest was text).");

    public static RequestRecord Request() => new();

    public static void First(TimeSpan after) => FirstAudio.Record(after.TotalSeconds);

    public static void End(string outcome) => Turns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>One request; one that ends neither answered nor failed was cancelled.</summary>
    public sealed class RequestRecord : IDisposable
    {
        string outcome = "cancelled";

        public RequestRecord() => Open.Add(1);

        public void Answered() => outcome = "answered";

        public void Failed(SynthesisFailure failure) => outcome = WorkerTelemetry.Word(failure);

        public void Dispose()
        {
            Open.Add(-1);
            Requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
