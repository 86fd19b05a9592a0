using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>speech</c> found. Latencies in milliseconds.</summary>
/// <param name="Added">
/// From the rep's last word to the first sound, beyond the model's first clause and the speech server's first audio.
/// </param>
/// <param name="AddedP95">Its 95th percentile.</param>
/// <param name="Closed">From the rep's talking over it to the later of both servers' seeing its stream closed.</param>
/// <param name="Early">The part of turns whose first clause was asked for before the model had ended.</param>
/// <param name="Open">Streams that stayed open.</param>
sealed record SpeechLoadReport(
    int Calls, double Seconds, LatencyReport Added, double AddedP95, LatencyReport Closed, double Early, int Open, MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        speech: {Calls} rehearsals for {Seconds:0.#} s; the model's first clause after 580 ms, the speech server's first audio after 80 ms

        {LatencyReport.Heading}
        added, first sound   {Added}
        both streams closed  {Closed}
        p95 of what is added: {AddedP95:F1} ms
        first clause asked for before the model's end: {Early:P1}; left open: {Open}
        machine: {Machine}
        """);
}
