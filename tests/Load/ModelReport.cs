using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>model</c> found. Latencies in milliseconds: added is from the intended send of a turn to its first words, less the time
/// to the first token that the model recorded; held counts how often a call was told that it waits. Two floors: a WebSocket that sends a
/// message back (where gateway and worker are apart, by two hops over Redis), and one that asks the same model first and sends it back at
/// the first token, less the model's time as well. Context and the hop to the model are medians of the spans that each suggestion's latency
/// record names.
/// </summary>
sealed record ModelReport(
    int Calls,
    bool Apart,
    double TurnEverySeconds,
    double Seconds,
    int Rounds,
    LatencyReport Added,
    LatencyReport Echo,
    LatencyReport Relay,
    double ContextMs,
    double ModelHopMs,
    int Held,
    double CpuMsPerTurn,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        model: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each, {Rounds} rounds of {Seconds / Rounds:0.#} s each, the floor between them{(Apart ? "; gateway and worker apart, the echo by two hops over Redis" : "")}

        {LatencyReport.Heading}
        added to the model   {Added}
        raw WebSocket echo   {Echo}
        relay to the model   {Relay}
        p50 is {Added.P50 / Echo.P50:F2} times the echo, {Added.P50 / Relay.P50:F2} times the relay; told to wait {Held} times

        at p50 {ContextMs:F2} ms up to asking the model, {ModelHopMs:F2} ms to it and back, {Added.P50 - ContextMs - ModelHopMs:F2} ms to and from the client
        CPU of gateway and worker {CpuMsPerTurn:F2} ms a turn with its whole answer
        machine: {Machine}
        """);
}
