using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>cancel</c> found. Latencies in milliseconds, from the intended send of the newer turn to the model's seeing the older
/// stream closed. Tokens taken back were shown, and withdrawn with their suggestion.
/// </summary>
sealed record CancelReport(
    int Calls,
    double Seconds,
    LatencyReport BeforeFirstToken,
    LatencyReport MidStream,
    int TokensWritten,
    int TokensShown,
    int TokensTakenBack,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        cancel: {Calls} live calls for {Seconds:0.#} s, every answer overtaken by a newer turn, half of them before the first token

        {LatencyReport.Heading}
        before first token   {BeforeFirstToken}
        mid-stream           {MidStream}
        never shown / shown {1.0 * (TokensWritten - TokensShown) / TokensShown:F4} ({TokensWritten} tokens written, {TokensShown} shown, {TokensTakenBack} of them taken back)
        machine: {Machine}
        """);
}
