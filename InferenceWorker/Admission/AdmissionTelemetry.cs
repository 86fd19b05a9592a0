using System.Diagnostics.Metrics;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Admission;

/// <summary>The metrics of admission. No labels of calls, users or texts.</summary>
static class AdmissionTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Counter<long> Tickets = Meter.CreateCounter<long>(
        "teleprompter.admission.tickets", "{ticket}", "Tickets by the state they came into.");

    static readonly Histogram<double> Waits = Meter.CreateHistogram(
        "teleprompter.admission.wait", "s", "From asking for a stream to being granted one.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 0.1, 0.25, 0.5, 1, 2, 4, 8] });

    static readonly Counter<long> Throttles = Meter.CreateCounter<long>(
        "teleprompter.admission.throttled", "{response}", "Rate limits that narrowed the slots.");

    public static void Throttled() => Throttles.Add(1);

    public static void Ticket(AdmissionState state, TimeSpan waited)
    {
        Tickets.Add(1, new KeyValuePair<string, object?>("state", WorkerTelemetry.Word(state)));
        if (state == AdmissionState.Granted)
        {
            Waits.Record(waited.TotalSeconds);
        }
    }
}
