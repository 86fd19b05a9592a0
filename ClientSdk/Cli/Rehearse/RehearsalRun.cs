using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>A rehearsal, from the buyer's first words to the report.</summary>
sealed class RehearsalRun(CallClientOptions options, IRepLines lines, Screen screen)
{
    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    readonly BuyerTurns buyer = new();

    /// <param name="stop">Ends it early; the report is still written.</param>
    public async Task<int> Run(CancellationToken stop)
    {
        Task reading = Task.CompletedTask;
        await using var client = await GatewayCall.Open(
            options,
            message => screen.Line($"[yellow]refused[/]  {message}"),
            opening => reading = Read(opening),
            stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
#pragma warning disable VSTHRD003 // The reader runs on the thread pool and waits for nobody here.
        _ = reading.ContinueWith(_ => over.Cancel(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await lines.Say(client, buyer, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Stopped, or the buyer has hung up: the report says so.
        }

        var hungUp = client.View.Ended is not null;
        try
        {
            await client.EndCall().WaitAsync(EndsWithin, CancellationToken.None);
            await reading.WaitAsync(EndsWithin, CancellationToken.None);
        }
        catch (Exception error) when (error is TimeoutException or CallRefusedException)
        {
            // The gateway ends it by itself two minutes after the connection is gone.
        }
#pragma warning restore VSTHRD003

        Report(client, hungUp, client.Ticket is { } ticket ? await ReadScoreCard.Of(ticket, options) : null);
        return stop.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Ok;
    }

    async Task Read(CallClient client)
    {
        var printer = new CallPrinter(screen, client);
        await foreach (var callEvent in client.Events())
        {
            buyer.Add(callEvent);
            printer.Print(callEvent);
        }
    }

    void Report(CallClient client, bool hungUp, ScoreCard? scoreCard)
    {
        var times = Percentiles.Of(buyer.AnswerMs);
        var report = new RehearsalReport(
            client.View.Rehearsal?.Persona, buyer.Count, client.View.Rehearsal?.CutOffs ?? [], times, hungUp, scoreCard);
        if (screen.IsJson)
        {
            screen.Json(report);
            return;
        }

        screen.Line($"");
        var end = hungUp ? "The buyer hung up" : "The rehearsal is over";
        screen.Line($"{end}: {report.BuyerTurns} turns of the buyer, {report.CutOffs.Count} cut-offs");
        foreach (var check in scoreCard?.Checks ?? [])
        {
            var at = check.AtMs is { } ms ? $" ({TimeSpan.FromMilliseconds(ms):mm\\:ss})" : "";
            screen.Line($"{(check.Passed ? "yes" : "no "),5}  {check.Because}{at}");
        }

        if (times is not null)
        {
            screen.Line($"answers: first words after {times.P50:F0} ms (p50), {times.P95:F0} ms (p95), {times.Count} in all");
        }
    }
}
