using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>live</c> found. Latencies in milliseconds: added is from the intended send of a turn to its first words, less the time
/// to the first token that the model recorded. CPU of the gateway: in milliseconds a turn with its whole answer, and in microseconds a
/// second for a call in which nobody speaks (keep-alives both ways every second). Memory is resident, in bytes for each call beyond those
/// of the warm-up, after all rounds.
/// </summary>
sealed record LiveReport(
    int Calls,
    double TurnEverySeconds,
    double Seconds,
    int Rounds,
    LatencyReport Added,
    LatencyReport Echo,
    double GatewayCpuMsPerTurn,
    double GatewayCpuMicrosecondsPerIdleCall,
    double MemoryPerCall,
    int ModelCalls,
    int SummaryCalls,
    long TokensGenerated,
    long TokensShown,
    long TokensTakenBack,
    RunUse Use)
{
    /// <summary>Tokens that the model wrote and that no rep could use: never shown, or shown and withdrawn.</summary>
    public long TokensWasted => TokensGenerated - TokensShown + TokensTakenBack;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        live: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each ({Calls / TurnEverySeconds:0.#} a second), {Rounds} rounds of {Seconds / Rounds:0.#} s each, the floor between them

        {LatencyReport.Heading}
        added to the model   {Added}
        raw WebSocket echo   {Echo}

        gateway CPU {GatewayCpuMsPerTurn:F2} ms a turn with its whole answer, {GatewayCpuMicrosecondsPerIdleCall:F0} µs a second for an idle call
        gateway memory {MemoryPerCall / 1000:F0} kB a live call
        {ModelCalls} model calls for {Added.Turns} turns, {SummaryCalls} more for summaries; tokens: {TokensGenerated} generated, {TokensShown} shown, {TokensWasted} wasted
        {Use}
        """);
}
