using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>model</c> found. Latencies in milliseconds: added is from the intended send of a turn to its first words, less the time to the first
/// token that the model recorded; held counts how often a call was told that it waits.
/// </summary>
sealed record ModelReport(
    int Calls,
    double TurnEverySeconds,
    double Seconds,
    int Rounds,
    LatencyReport Added,
    LatencyReport Echo,
    int Held,
    double GatewayCpuMsPerTurn,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        model: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each, {Rounds} rounds of {Seconds / Rounds:0.#} s each, the floor between them

        {LatencyReport.Heading}
        added to the model   {Added}
        raw WebSocket echo   {Echo}
        p50 is {Added.P50 / Echo.P50:F2} times the floor; told to wait {Held} times

        gateway CPU {GatewayCpuMsPerTurn:F2} ms a turn with its whole answer
        machine: {Machine}
        """);
}
