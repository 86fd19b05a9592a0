using System.Diagnostics.Metrics;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Metrics of voices and their words. No label names a call, a person or a text.</summary>
static class TranscriptionTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Counter<long> Frames = Meter.CreateCounter<long>(
        "teleprompter.transcription.frames.dropped", "{frame}", "Audio frames that were not heard, by reason; lost ones never came.");

    static readonly Counter<long> Filtered = Meter.CreateCounter<long>(
        "teleprompter.transcription.filtered", "{stretch}", "Stretches that were no speech, or words that nobody said, by reason.");

    static readonly Counter<long> GivenUp = Meter.CreateCounter<long>(
        "teleprompter.transcription.given_up",
        "{stretch}",
        "Stretches of speech that became no words, or only those already shown, by reason.");

    static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "teleprompter.transcription.requests", "{request}", "Requests for words by kind and outcome: answered, cancelled, or the failure.");

    static readonly Counter<double> Seconds = Meter.CreateCounter<double>(
        "teleprompter.transcription.audio", "s", "Audio sent to the transcriber, by kind.");

    static readonly UpDownCounter<int> Open = Meter.CreateUpDownCounter<int>(
        "teleprompter.transcription.open_requests", "{request}", "Requests for words under way.");

    static readonly Histogram<double> Times = Meter.CreateHistogram(
        "teleprompter.transcription.time", "s", "From asking for words to having them, by kind.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10] });

    static readonly Histogram<double> AskDelay = Meter.CreateHistogram(
        "teleprompter.transcription.ask_delay", "s", "From the moment a pause is long enough to the request for its words.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.5, 1] });

    static readonly Histogram<double> Lags = Meter.CreateHistogram(
        "teleprompter.transcription.lag", "s", "From the end of a voice to its final words.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 5] });

    public static void DropFrame(string reason) => Frames.Add(1, Because(reason));

    public static void LoseFrames(long count) => Frames.Add(count, Because("lost"));

    public static void Filter(string reason) => Filtered.Add(1, Because(reason));

    public static void GiveUp(string reason) => GivenUp.Add(1, Because(reason));

    public static void Ask(TimeSpan delay) => AskDelay.Record(delay.TotalSeconds);

    public static void Final(TimeSpan lag) => Lags.Record(lag.TotalSeconds);

    public static RequestRecord Request(SpeechClip clip) => new(clip);

    static KeyValuePair<string, object?> Because(string reason) => new("reason", reason);

    /// <summary>One request; one that ends neither answered nor failed was cancelled.</summary>
    public sealed class RequestRecord : IDisposable
    {
        readonly KeyValuePair<string, object?> kind;
        string outcome = "cancelled";

        public RequestRecord(SpeechClip clip)
        {
            kind = new("kind", clip.Final ? "final" : "interim");
            Open.Add(1);
            Seconds.Add(clip.Duration.TotalSeconds, kind);
        }

        public void Answered(TimeSpan after)
        {
            outcome = "answered";
            Times.Record(after.TotalSeconds, kind);
        }

        public void Failed(TranscriptionFailure failure) => outcome = WorkerTelemetry.Word(failure);

        public void Dispose()
        {
            Open.Add(-1);
            Requests.Add(1, kind, new("outcome", outcome));
        }
    }
}
