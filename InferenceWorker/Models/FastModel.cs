using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Decides at each suggestion whether <see cref="ModelOptions.FastName"/> writes it: while turns are pending, or where the usual model's
/// first words came too late. Thread-safe.
/// </summary>
/// <param name="gate">Knows whether turns are pending.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears which of the two writes.</param>
sealed partial class FastModel(ModelSet models, AdmissionGate gate, TimeProvider time, ILogger<FastModel> logger)
{
    // The median of the newest twenty follows a change within about ten suggestions.
    const int FewestTimes = 8;
    const int NewestTimes = 20;

    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Counter<long> Changes = Meter.CreateCounter<long>(
        "teleprompter.model.fast_changes", "{change}", "Changes to the faster model for the sake of load, and back.");

    readonly Lock sync = new();
    readonly long origin = time.GetTimestamp();
    FastUse use = new(Taken: false, Since: TimeSpan.Zero, Hold: TimeSpan.Zero);
    long changedAt = long.MinValue;

    /// <summary>Whether the next suggestion is the faster model's.</summary>
    public bool Writes()
    {
        var options = models.Options;
        if (string.IsNullOrWhiteSpace(options.FastName))
        {
            return false;
        }

        var load = gate.Load;
        lock (sync)
        {
            // Times from before the last change were reason enough then.
            var median = models.Usual.FirstWords.Percentile(0.5, FewestTimes, changedAt, NewestTimes);
            var before = use;
            use = use.Decide(time.GetElapsedTime(origin), load.Pending + load.Held > 0, median > options.FastAbove, options.FastFor);
            if (use.Taken != before.Taken)
            {
                changedAt = time.GetTimestamp();
                Changes.Add(1, new KeyValuePair<string, object?>("to", use.Taken ? "fast" : "usual"));
                LogChange(use.Taken ? options.FastName : options.Name!, load.Pending + load.Held, median?.TotalMilliseconds);
            }

            return use.Taken;
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Model {Model} writes suggestions now ({Waiting} calls wait; the usual model's first words: {Median:0} ms).")]
    partial void LogChange(string model, int waiting, double? median);
}
