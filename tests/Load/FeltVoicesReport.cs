using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>felt --audio</c> found. Latencies in milliseconds, from the end of the customer's voice.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="Turns">The customers' turns; those that needed no suggestion are not among the latencies.</param>
/// <param name="Felt">To the first words that stayed.</param>
/// <param name="Floor">Transcribed and asked when the client's gate closes, 200 ms after that end.</param>
/// <param name="DiscardedPerShown">Tokens that the model sent and no rep saw, for each that a rep saw.</param>
/// <param name="Machine">The machine.</param>
sealed record FeltVoicesReport(
    int Calls, int Turns, LatencyReport Felt, LatencyReport Floor, double DiscardedPerShown, MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        felt: {Calls} live calls of two voices, {Turns} turns of the customers; the transcriber takes 200 ms, the model 400 ms

        {LatencyReport.Heading}
        first words that stay{Felt}
        asked at gate's end  {Floor}
        discarded ÷ shown tokens {DiscardedPerShown:F2}

        machine: {Machine}
        """);
}
