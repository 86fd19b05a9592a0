using System.Diagnostics.Metrics;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>The metrics of model requests. No labels of calls, users or texts.</summary>
static class ModelTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly UpDownCounter<int> OpenRequests = Meter.CreateUpDownCounter<int>(
        "teleprompter.model.open_requests", "{request}", "Model requests under way.");

    static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "teleprompter.model.requests", "{request}", "Model requests by outcome: answered, cancelled, or the failure.");

    static readonly Histogram<double> TimeToFirstToken = Meter.CreateHistogram(
        "teleprompter.model.time_to_first_token", "s", "From asking a model to its first text.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3] });

    static readonly Counter<long> Circuits = Meter.CreateCounter<long>(
        "teleprompter.model.circuit_changes", "{change}", "Circuit breakers that opened or closed.");

    public static RequestRecord ModelRequest() => new();

    public static void FirstToken(TimeSpan after) => TimeToFirstToken.Record(after.TotalSeconds);

    public static void CircuitChanged(bool opened) =>
        Circuits.Add(1, new KeyValuePair<string, object?>("state", opened ? "open" : "closed"));

    /// <summary>One request, from asking to whatever ends it; one that ends neither answered nor failed was cancelled.</summary>
    public sealed class RequestRecord : IDisposable
    {
        string outcome = "cancelled";

        public RequestRecord() => OpenRequests.Add(1);

        public void Answered() => outcome = "answered";

        public async ValueTask<T> Watch<T>(ValueTask<T> step)
        {
            try
            {
                return await step;
            }
            catch (ModelException fault)
            {
                outcome = WorkerTelemetry.Word(fault.Failure);
                throw;
            }
        }

        public void Dispose()
        {
            OpenRequests.Add(-1);
            Requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
