using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>queue</c> found. Latencies in milliseconds from the intended send of each question; the busy line counts those told to
/// wait. Served out of order is by how much the younger of two questions, served one after the other, was asked before its time.
/// </summary>
sealed record QueueReport(
    int Calls,
    int Slots,
    int Rounds,
    LatencyReport Card,
    LatencyReport Busy,
    LatencyReport Settled,
    IReadOnlyDictionary<string, int> Outcomes,
    int MostStreams,
    int MostPending,
    double OutOfOrderMs,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        queue: {Calls} calls ask at once for {Slots} streams, {Rounds} times

        {LatencyReport.Heading}
        card on the wire     {Card}
        told to wait         {Busy}
        settled              {Settled}
        outcomes: {string.Join("; ", Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}
        at most {MostStreams} streams at the model, {MostPending} pending; served out of order by {OutOfOrderMs:F1} ms at most
        machine: {Machine}
        """);
}
