using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>
/// What is counted of the bus, by OpenTelemetry's conventions for messaging. The kind of channel is a label, its name with the ids in it is
/// not.
/// </summary>
/// <param name="system">What carries the messages: <c>redis</c> or <c>in_memory</c>.</param>
public sealed class BusTelemetry(string system)
{
    static readonly Meter Meter = new("Teleprompter.Bus");

    static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Messages that were to be sent.");

    static readonly Counter<long> Consumed = Meter.CreateCounter<long>(
        "messaging.client.consumed.messages", "{message}", "Messages that came in, once for each who listens.");

    static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "messaging.client.operation.duration", "s", "From sending a message to the answer that it was taken.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
        });

    readonly KeyValuePair<string, object?> systemLabel = new("messaging.system", system);
    readonly KeyValuePair<string, object?> publish = new("messaging.operation.name", "publish");
    readonly KeyValuePair<string, object?> receive = new("messaging.operation.name", "receive");

    /// <summary>Counts a message that is to be sent.</summary>
    public void Send(string kind) => Sent.Add(1, systemLabel, publish, Destination(kind));

    /// <summary>Records how long the bus took to take a message.</summary>
    /// <param name="since">When it was handed over, a <see cref="Stopwatch"/> timestamp.</param>
    public void Taken(string kind, long since) =>
        Duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, systemLabel, publish, Destination(kind));

    /// <summary>Counts a message that came in.</summary>
    public void Receive(string kind) => Consumed.Add(1, systemLabel, receive, Destination(kind));

    static KeyValuePair<string, object?> Destination(string kind) => new("messaging.destination.template", kind);
}
