using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>The table of tests/README.md of what a load run found.</summary>
static class LoadTable
{
    const string Begin = "<!-- load:begin -->";
    const string End = "<!-- load:end -->";

    /// <summary>Writes the figures of a run as a Markdown table, with the machine and the command.</summary>
    public static string Of(LiveReport live, IdleReport idle, ClimbReport climb, StuckReport stuck, FeltReport felt) => string.Create(CultureInfo.InvariantCulture, $"""
        {live.Use.Machine.Cores} shared cores on which the gateway, the scripted model and the load client all run; {Stolen(live, climb, stuck):0.0} % stolen by the host at most.

        | figure | goal | measured |
        |---|---|---|
        | {live.Calls} live calls, a turn every {live.TurnEverySeconds:0.##} s each: added to the model's own first token (`live`) | p99 ≤ 50 ms | p50 {live.Added.P50:F1} ms, p99 {live.Added.P99:F1} ms, p99.9 {live.Added.P999:F1} ms over {live.Added.Turns} turns; echo p50 {live.Echo.P50:F1} ms, p99 {live.Echo.P99:F1} ms |
        | its processors | stated | gateway {live.GatewayCpuMsPerTurn:F1} ms a turn with its whole answer ({live.Use.Gateway.CpuPercent:F0} % of a core), scripted model {live.Use.Model.CpuPercent:F0} %, load client {live.Use.Client.CpuPercent:F0} % |
        | its model | stated | {live.ModelCalls} calls for {live.Added.Turns} turns; {live.TokensGenerated} tokens generated, {live.TokensShown} shown, {live.TokensWasted} wasted |
        | gateway memory a live call | stated | {live.MemoryPerCall / 1000:F0} kB |
        | {idle.Connections} calls in which nobody speaks: memory a call beyond a bare WebSocket's {idle.SocketBytes / 1000:F0} kB (`idle`) | ≤ 30 kB | {idle.AddedBytes / 1000:F0} kB; gateway {1e4 * idle.GatewayCpuPercent / idle.Connections:F0} µs of CPU a second a call |
        | live calls until added p99 passes {ClimbLoad.LimitMs:0} ms (`climb`) | stated | {Climbed(climb)} |
        | the others' p99 beside 1 and {stuck.Phases[^1].Stuck} clients that never read, {stuck.Calls} live calls (`stuck`) | ≤ 1.2 × | {string.Join(", ", stuck.Phases.Skip(1).Select(phase => string.Create(CultureInfo.InvariantCulture, $"{stuck.Ratio(phase):F2} ×")))} of {stuck.Phases[0].Added.P99:F1} ms |
        | {felt.Calls} calls spoken word by word: customer's last word to the first words that stay (`felt`) | below asking the model at the recogniser's final | p50 {felt.Felt.P50:F0} ms, p99 {felt.Felt.P99:F0} ms, {felt.WithinBudget:P0} within 850 ms, over {felt.Felt.Turns} turns; asked at the final p50 {felt.Floor.P50:F0} ms, p99 {felt.Floor.P99:F0} ms; {felt.ModelCallsPerTurn:F2} model calls and {felt.TakenBackPerTurn:F2} suggestions taken back a turn |

        `dotnet run -c Release --project tests/Load -- docs --write tests/README.md`

        """);

    /// <summary>Puts a table in the place of the one that a document has.</summary>
    /// <param name="document">The document, with a line for where a table begins and one for where it ends.</param>
    /// <param name="table">The table.</param>
    /// <returns>The document with the new table.</returns>
    /// <exception cref="InvalidOperationException">It has no such lines.</exception>
    public static string Into(string document, string table)
    {
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? $"{document[..(begin + Begin.Length)]}\n{table.ReplaceLineEndings("\n").Trim()}\n{document[end..]}"
            : throw new InvalidOperationException($"The document has no place for the table. Add the lines {Begin} and {End}.");
    }

    static string Climbed(ClimbReport climb)
    {
        var last = climb.Steps[^1];
        return string.Create(CultureInfo.InvariantCulture, $"""
            {climb.Calls ?? 0} hold; {(climb.Reached ? $"at {last.Calls} p99 is {last.Added.P99:F0} ms" : "the limit was not reached")}, with the machine {last.Use.BusyPercent:F0} % busy (gateway {last.Use.Gateway.CpuPercent:F0} % of a core, scripted model {last.Use.Model.CpuPercent:F0} %, load client {last.Use.Client.CpuPercent:F0} %), {last.Use.GcPausePercent:F1} % in garbage collection; what gives way first: {climb.GivesWay}
            """);
    }

    static double Stolen(LiveReport live, ClimbReport climb, StuckReport stuck) =>
        climb.Steps.Select(step => step.Use).Concat(stuck.Phases.Select(phase => phase.Use)).Append(live.Use)
            .Max(use => use.Machine.StealPercent);
}
