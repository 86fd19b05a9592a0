using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>rehearsals</c> found. Latencies in milliseconds.</summary>
/// <param name="Quiet">Live calls alone: from the customer's last word to the first words that stay.</param>
/// <param name="Beside">The same beside the rehearsals.</param>
/// <param name="Answers">From the final of a rep's turn to the buyer's first words; the model's first token takes 300 ms of it.</param>
/// <param name="CutOffs">How often buyers cut their reps off.</param>
/// <param name="Use">During all of it.</param>
sealed record RehearsalsReport(
    int Calls,
    int Rehearsals,
    double Seconds,
    LatencyReport Quiet,
    LatencyReport Beside,
    LatencyReport Answers,
    int CutOffs,
    MachineUse Use)
{
    /// <summary>The live calls' p99 beside rehearsals, as a multiple of that without.</summary>
    public double Ratio => Beside.P99 / Quiet.P99;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        rehearsals: {Calls} live calls, and {Rehearsals} rehearsals beside them, for {Seconds:0} s each

        {LatencyReport.Heading}
        live calls alone     {Quiet}
        beside rehearsals    {Beside}
        buyers' answers      {Answers}
        p99 beside ÷ alone {Ratio:F2}; cut-offs {CutOffs}

        machine: {Use}
        """);
}
