using System.Diagnostics.Metrics;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Models.Hedging;

/// <summary>The metrics of second requests. No labels of calls, users or texts.</summary>
static class HedgeTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Counter<long> Hedges = Meter.CreateCounter<long>(
        "teleprompter.model.hedges", "{request}",
        "Second requests for late first words by outcome: won, lost, failed, yielded to a call that needed the slot, or cancelled.");

    static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "teleprompter.model.hedges_refused", "{suggestion}",
        "Suggestions with late first words for which no second request was made, by reason.");

    public static void End(string outcome) => Hedges.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Refuse(HedgeDecision reason) =>
        Refused.Add(1, new KeyValuePair<string, object?>("reason", WorkerTelemetry.Word(reason)));
}
