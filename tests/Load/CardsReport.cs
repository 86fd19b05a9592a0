using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>cards</c> found. Latencies in milliseconds.</summary>
sealed record CardsReport(
    int Calls,
    double TurnEverySeconds,
    double Seconds,
    int Rounds,
    LatencyReport Card,
    LatencyReport Echo,
    double GatewayCpuMsPerTurn,
    double ClientCpuMsPerTurn,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        cards: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each, {Rounds} rounds of {Seconds / Rounds:0.#} s each, the floor between them

        {LatencyReport.Heading}
        card on the wire     {Card}
        raw WebSocket echo   {Echo}
        added at p50 {Card.P50 - Echo.P50:F2} ms, at p99 {Card.P99 - Echo.P99:F2} ms (differences of percentiles; percentiles are at most 0.8 % too high)

        gateway CPU {GatewayCpuMsPerTurn:F2} ms a turn, load client {ClientCpuMsPerTurn:F2} ms a turn
        machine: {Machine}
        """);
}
