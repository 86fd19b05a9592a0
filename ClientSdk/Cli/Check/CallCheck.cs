using System.Diagnostics;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Check;

/// <summary>Opens a call, asks one question and watches what comes, as a side panel would.</summary>
static class CallCheck
{
    const string AskForCard =
        "No card and no model answers this question. "
        + "Give --question one that your cards know, or check Playbook:Folder and Model in the gateway's configuration.";

    const string SeeLog = "The worker's log says what its server said. Look at";

    const string AskForWorker = "Nothing came. Check in the log that a worker is running.";

    /// <summary>Longer than a model may take for its whole answer (15 s) after being held (8 s).</summary>
    static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(25);

    static readonly TimeSpan TranscriberFailsWithin = TimeSpan.FromSeconds(3);

    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    /// <returns>Who answered; null when nobody did.</returns>
    /// <exception cref="GatewayUnreachableException">The call cannot be opened.</exception>
    public static async Task<string?> Run(CallClientOptions gateway, string question, Action<CheckStep> report, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        IAsyncEnumerable<CallEvent>? events = null;
        await using var client = await GatewayCall.Open(
            gateway,
            message => report(new CheckStep("refused", Ok: false, null, message)),
            opening => events = opening.Events(stop),
            stop);
        report(new CheckStep("open a call", Ok: true, Elapsed(started), client.StatusLine.Text));
        var opened = Stopwatch.GetTimestamp();

        var seen = new Answer();
        using var patience = new CancellationTokenSource(AnsweredWithin);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        await using var reader = events!.GetAsyncEnumerator(either.Token);
        started = Stopwatch.GetTimestamp();
        client.Hear(new TranscriptSegment("check-1", Speaker.Customer, question, Final: true, EndOfTurn: true));
        await Read(reader, () => seen.Settled is null, callEvent => seen = seen.With(callEvent, Elapsed(started)), stop);
        foreach (var step in seen.Steps())
        {
            report(step);
        }

        report(ModelOf(client.View.Status.Model, seen));

        // The worker asks the transcriber when a call begins, and a failure shows within a moment.
        var left = TranscriberFailsWithin - Stopwatch.GetElapsedTime(opened);
        patience.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        await Read(reader, () => client.View.Status.Transcription is TranscriptionState.Ready, _ => { }, stop);
        report(TranscriberOf(client.View.Status.Transcription));
        report(await End(client));
        return seen.Completed?.What.Source.Words();
    }

    /// <summary>The model, by whether it answered the question.</summary>
    static CheckStep ModelOf(ModelState state, Answer seen) => state switch
    {
        ModelState.None => new("model", Ok: true, null, "None is configured; the playbook answers alone."),
        ModelState.Off => new("model", Ok: true, null, "Switched off by Model:Enabled; the playbook answers alone."),
        ModelState.Unavailable => new("model", Ok: false, null, $"It does not answer. {SeeLog} Model:Endpoint, Model:Name, Model:ApiKey."),
        ModelState.OverBudget => new("model", Ok: true, null, "Today's budget is spent; the playbook answers alone."),
        _ when seen.Settled is { What.Reason: SettleReason.ByModel or SettleReason.NothingToSay } =>
            new("model", Ok: true, seen.FirstWordMs, "It answered."),
        _ => new("model", Ok: false, null, $"It failed at the question. {SeeLog} Model:Endpoint, Model:Name, Model:ApiKey."),
    };

    static CheckStep TranscriberOf(TranscriptionState state) => state switch
    {
        TranscriptionState.None => new("transcriber", Ok: true, null, "None is configured; voices become no words."),
        TranscriptionState.Ready => new("transcriber", Ok: true, null, "It answers."),
        _ => new("transcriber", Ok: false, null, $"It does not answer. {SeeLog} Transcription:Endpoint, Model, ApiKey."),
    };

    /// <summary>Reads what comes of the call, until enough was seen or patience ends: what is missing is reported.</summary>
    static async Task Read(IAsyncEnumerator<CallEvent> reader, Func<bool> more, Action<CallEvent> see, CancellationToken stop)
    {
        try
        {
            while (more() && await reader.MoveNextAsync())
            {
                see(reader.Current);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    static async Task<CheckStep> End(CallClient client)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await client.EndCall().WaitAsync(EndsWithin);
            return new CheckStep("end the call", Ok: true, Elapsed(started), "");
        }
        catch (Exception error) when (error is TimeoutException or CallRefusedException)
        {
            return new CheckStep("end the call", Ok: false, null, $"{error.Message} It ends by itself two minutes from now.");
        }
    }

    static double Elapsed(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    /// <summary>What came of the question so far, each with its time after the question in milliseconds.</summary>
    sealed record Answer(
        (double Ms, string Title)? Card = null,
        double? FirstWordMs = null,
        (double Ms, SuggestionCompleted What)? Completed = null,
        (double Ms, TurnSettled What)? Settled = null)
    {
        public Answer With(CallEvent callEvent, double ms) => callEvent switch
        {
            CardShown card when Card is null => this with { Card = (ms, card.Title + Matching(card.PlaybookVersion)) },
            SuggestionDelta when FirstWordMs is null => this with { FirstWordMs = ms },
            SuggestionCompleted completed => this with { Completed = (ms, completed) },
            TurnSettled settled => this with { Settled = (ms, settled) },
            _ => this,
        };

        public IEnumerable<CheckStep> Steps()
        {
            var answered = Completed is not null;
            var advice = Settled is null ? AskForWorker : AskForCard;
            // A model may answer where no card fits: then the missing card is no fault.
            var card = Card?.Title ?? (answered ? "No card fits; the model answered." : advice);
            var source = Completed is { What: var what } ? $"by the {what.Source.Words()}" : advice;
            var outcome = Settled is { What: var turn } ? $"{turn.Outcome.Words()}: {turn.Reason.Words()}" : AskForWorker;
            yield return new("first card", Card is not null || answered, Card?.Ms, card);
            yield return new("first word", FirstWordMs is not null, FirstWordMs, FirstWordMs is null ? advice : "");
            yield return new("suggestion complete", answered, Completed?.Ms, source);
            yield return new("turn settled", Settled is not null, Settled?.Ms, outcome);
        }

        // What the version of a playbook tells: words alone, or the number of passages of notes.
        static string Matching(string version) =>
            version.EndsWith("-words", StringComparison.Ordinal) ? " (by words alone)"
            : version.Split('+') is [_, var notes] ? $" (beside {notes[..notes.IndexOf('n', StringComparison.Ordinal)]} passages of notes)"
            : "";
    }
}
