using System.Globalization;
using Spectre.Console;

namespace Teleprompter.Cli.Replay;

/// <summary>Writes a replay's report for a reader.</summary>
static class ReplayReportView
{
    public static void Write(Screen screen, ReplayReport report)
    {
        screen.Line($"");
        screen.Line(
            $"{report.Turns} customer turns, {report.Unanswered} unanswered; {report.Cards} cards, {report.Suggestions} suggestions");
        screen.Line($"{report.Coalesced} coalesced, {report.Held} held, {report.Withdrawn} withdrawn");
        if (report.AudioDropped is > 0)
        {
            screen.Line($"[yellow]{report.AudioDropped} audio frames could not be sent in time and were given up[/]");
        }

        foreach (var outcome in report.Outcomes)
        {
            screen.Line($"  {outcome.Turns,4}  {outcome.Outcome.Words()}: {outcome.Reason.Words()}");
        }

        foreach (var withdrawn in report.WithdrawnBy)
        {
            screen.Line($"  {withdrawn.Suggestions,4}  withdrawn: {withdrawn.Reason.Words()}");
        }

        if (report.Suggestions > 0)
        {
            screen.Write(Latency(report));
        }
    }

    static Table Latency(ReplayReport report)
    {
        var table = new Table { Border = TableBorder.None }.AddColumns($"ms, {report.Suggestions} suggestions", "p50", "p95", "p99");
        foreach (var column in table.Columns.Skip(1))
        {
            column.RightAligned().PadLeft(2);
        }

        foreach (var (stage, ms) in report.Latency)
        {
            table.AddRow(stage, Number(ms!.P50), Number(ms.P95), Number(ms.P99));
        }

        return table;
    }

    static string Number(double ms) => ms.ToString("F1", CultureInfo.InvariantCulture);
}
