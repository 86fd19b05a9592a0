using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>stuck</c> found; the phase without stuck clients comes first. Latencies in milliseconds.</summary>
sealed record StuckReport(int Calls, double TurnEverySeconds, double Seconds, IReadOnlyList<StuckPhase> Phases)
{
    /// <summary>The others' p99 with stuck clients, as a multiple of theirs without.</summary>
    public double Ratio(StuckPhase phase) => phase.Added.P99 / Phases[0].Added.P99;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        stuck: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each, for {Seconds:0} s in all, beside clients that never read

        {LatencyReport.Heading}
        {string.Join(Environment.NewLine, Phases.Select(phase => string.Create(CultureInfo.InvariantCulture, $"{phase.Stuck,2} never read        {phase.Added}")))}

        {string.Join(Environment.NewLine, Phases.Skip(1).Select(phase => string.Create(CultureInfo.InvariantCulture, $"the others' p99 with {phase.Stuck}: {Ratio(phase):F2} times; the gateway closed {phase.Closed}")))}
        {string.Join(Environment.NewLine, Phases.Select(phase => string.Create(CultureInfo.InvariantCulture, $"with {phase.Stuck} that never read:{Environment.NewLine}{phase.Use}")))}
        """);
}
