using System.Diagnostics.Metrics;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Telemetry;

/// <summary>The gateway's counters.</summary>
public static class GatewayTelemetry
{
    public const string MeterName = "Teleprompter.Gateway";

    static readonly Meter Meter = new(MeterName);
    static readonly Counter<long> RefusedCounter =
        Meter.CreateCounter<long>("teleprompter.messages.refused", "{message}", "Client messages refused by reason.");

    static readonly Counter<long> DroppedCounter =
        Meter.CreateCounter<long>("teleprompter.events.dropped", "{event}", "Worker events not shown by reason.");

    static readonly Counter<long> SpeechCounter =
        Meter.CreateCounter<long>("teleprompter.speech.frames.dropped", "{frame}", "Frames of a buyer's voice not sent by reason.");

    static readonly Counter<long> StartedCounter =
        Meter.CreateCounter<long>("teleprompter.calls.started", "{call}", "Calls started by kind.");

    static readonly Counter<long> MovedCounter =
        Meter.CreateCounter<long>("teleprompter.calls.moved", "{call}", "Calls given to another worker by reason.");

    static readonly Counter<long> ClampedCounter =
        Meter.CreateCounter<long>("teleprompter.segments.clamped", "{segment}", "Segments whose times were not plausible.");

    static readonly Histogram<double> FirstWordsHistogram = Meter.CreateHistogram(
        "teleprompter.suggestion.first_words",
        "s",
        "From the end of the customer's speech to the first words leaving the gateway, by who wrote them.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1, 1.5, 2, 3, 5],
        });

    static readonly Counter<double> AudioCounter =
        Meter.CreateCounter<double>("teleprompter.audio.received", "s", "Audio received, both voices together.");

    static readonly Histogram<double> NetworkHistogram =
        Meter.CreateHistogram<double>("teleprompter.client.network", "s", "Time on the network, as clients measured it.");

    static readonly Histogram<double> RenderHistogram =
        Meter.CreateHistogram<double>("teleprompter.client.render", "s", "Time to paint the first words, as clients measured it.");

    static long refused;

    /// <summary>Client messages refused or ignored since the process started.</summary>
    public static long Refused => Interlocked.Read(ref refused);

    public static void FirstWords(SuggestionLatency latency, SuggestionSource source) => FirstWordsHistogram.Record(
        latency.ServerMs / 1000, Tag("source", source == SuggestionSource.Model ? "model" : "playbook"));

    /// <summary>Records what a client measured of a suggestion.</summary>
    public static void Measured(Progress progress)
    {
        Record(NetworkHistogram, progress.NetworkMs);
        Record(RenderHistogram, progress.RenderMs);
    }

    /// <summary>Counts a client message that was refused or ignored.</summary>
    public static void Refuse(string reason)
    {
        Interlocked.Increment(ref refused);
        RefusedCounter.Add(1, Tag("reason", reason));
    }

    /// <summary>Counts a worker's event that was not shown.</summary>
    public static void Drop(string reason) => DroppedCounter.Add(1, Tag("reason", reason));

    /// <summary>Counts a frame of a buyer's voice that was not sent.</summary>
    /// <param name="reason">oldEpoch, stopped (the turn was broken off), or listenerBehind.</param>
    public static void DropSpeech(string reason) => SpeechCounter.Add(1, Tag("reason", reason));

    /// <summary>Counts a started call.</summary>
    /// <param name="kind">new, resumed, or the reason why a resume became a new call.</param>
    public static void Start(string kind) => StartedCounter.Add(1, Tag("kind", kind));

    /// <summary>Counts a call that moved to another worker.</summary>
    /// <param name="reason">lost or drain.</param>
    public static void Move(string reason) => MovedCounter.Add(1, Tag("reason", reason));

    public static void Receive(TimeSpan audio) => AudioCounter.Add(audio.TotalSeconds);

    /// <summary>Counts a segment whose times were not plausible.</summary>
    public static void Clamp() => ClampedCounter.Add(1);

    static void Record(Histogram<double> seconds, double? milliseconds)
    {
        if (milliseconds is { } known)
        {
            seconds.Record(known / 1000);
        }
    }

    static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
