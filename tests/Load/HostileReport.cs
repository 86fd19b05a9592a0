using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>hostile</c> found. Latencies in milliseconds, from the customer's last word; memory in bytes.</summary>
/// <param name="Quiet">Good calls, before and after.</param>
/// <param name="Abused">Good calls, beside the hostile clients.</param>
/// <param name="Baseline">The gateway's heap and resident memory before the abuse and after a first minute of it, with garbage
/// collected and no call kept.</param>
/// <param name="PeakResident">Resident memory at the end of the abuse.</param>
/// <param name="Left">As the baseline, afterwards.</param>
/// <param name="Errors">What the gateway logged as errors.</param>
/// <param name="Attacks">What each kind of hostile client did.</param>
/// <param name="Use">During the abuse.</param>
sealed record HostileReport(
    int Calls,
    int Hostile,
    double Seconds,
    LatencyReport Quiet,
    LatencyReport Abused,
    (long Heap, long Resident) Baseline,
    long PeakResident,
    (long Heap, long Resident) Left,
    IReadOnlyList<string> Errors,
    string Attacks,
    (ProcessUse Gateway, ProcessUse Hostile, MachineUse Machine) Use)
{
    const double MostRatio = 1.5;
    const double MostGrowth = 1.05;

    /// <summary>The good calls' p99 under abuse, as a multiple of the quiet one.</summary>
    public double Ratio => Abused.P99 / Quiet.P99;

    /// <summary>The goals that were missed.</summary>
    public IReadOnlyList<string> Missed =>
    [
        .. new (string Goal, bool Reached)[]
        {
            ($"p99 of good calls at most {MostRatio} × the quiet one", Ratio <= MostRatio),
            ("every turn of a good call answered", Quiet.Unanswered + Abused.Unanswered == 0),
            ("nothing logged as an error", Errors.Count == 0),
            ("heap back to + 5 %", Left.Heap <= Baseline.Heap * MostGrowth),
            ("resident memory back to + 5 %", Left.Resident <= Baseline.Resident * MostGrowth),
        }.Where(each => !each.Reached).Select(each => each.Goal),
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        hostile: {Calls} good calls beside {Hostile} hostile clients for {Seconds:0} s

        {LatencyReport.Heading}
        quiet                {Quiet}
        abused               {Abused}
        p99 abused ÷ quiet {Ratio:F2}; p50 {Abused.P50 / Quiet.P50:F2}

        gateway's heap {Mega(Baseline.Heap)} MB before, {Mega(Left.Heap)} MB afterwards ({Grown(Baseline.Heap, Left.Heap)})
        resident       {Mega(Baseline.Resident)} MB before, {Mega(PeakResident)} MB at the end of the abuse,
                       {Mega(Left.Resident)} MB afterwards ({Grown(Baseline.Resident, Left.Resident)})
        errors in its log: {Errors.Count}{string.Concat(Errors.Distinct(StringComparer.Ordinal).Take(5).Select(error => $"{Environment.NewLine}  {error}"))}

        gateway         {Use.Gateway}
        hostile clients {Use.Hostile}
        machine: {Use.Machine}

        attack                                                  sessions   ended by the gateway
        {Attacks}

        verdict: {(Missed.Count == 0 ? "all goals reached" : $"missed: {string.Join("; ", Missed)}")}
        """);

    static string Mega(long bytes) => (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture);

    static string Grown(long before, long after) => ((after / (double)before) - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture);
}
