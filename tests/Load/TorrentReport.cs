using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>torrent</c> found: the share (0 to 1) of the time after the first three seconds with a suggestion on screen.
/// </summary>
sealed record TorrentReport(
    int Calls,
    double SentenceEveryMs,
    double Seconds,
    double OnScreen,
    double LongestBlankMs,
    int Completed,
    int Withdrawn,
    int Sentences,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        torrent: {Calls} customers, a sentence every {SentenceEveryMs:0} ms for {Seconds:0.#} s, {Sentences} in all

        a suggestion on screen {100 * OnScreen:F1} % of the time after the first 3 s; longest without one {LongestBlankMs:F0} ms
        {Completed} suggestions completed, {Withdrawn} withdrawn
        machine: {Machine}
        """);
}
