using System.Globalization;
using System.Threading.Channels;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>One replay, from connecting to the report.</summary>
sealed class ReplayRun(CallClientOptions options, IPlayback playback, double speed, Screen screen)
{
    /// <summary>Longer than level 1 waits (6 s), an answer is held (8 s) and a model writes (15 s) together.</summary>
    static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Audio is done when no event came for this long: more than the worker waits for a pause (0.6 s) and a transcriber usually takes.
    /// </summary>
    static readonly TimeSpan QuietAfterVoices = TimeSpan.FromSeconds(3);

    static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(5);
    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(3);
    static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    readonly ReplayTally tally = new();
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Channel<bool> changed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Runs it.</summary>
    /// <param name="stop">Ends the call early; the report is still written.</param>
    public async Task<int> Run(CancellationToken stop)
    {
        Task reading = Task.CompletedTask;
        await using var client = await GatewayCall.Open(
            options,
            message => screen.Line($"[yellow]refused[/]  {message}"),
            opening => reading = Read(opening),
            stop);
        if (playback.IsVoice)
        {
            await RequireTranscriber(client, stop);
        }

        await screen.Under(async show =>
        {
            using var shown = new CancellationTokenSource();
            var showing = Show(client, playback.Length, show, shown.Token);
            await PlayAndSettle(client, stop);
            ShowDone(playback.Length, stop);
#pragma warning disable VSTHRD003 // Runs on the thread pool and waits for nobody here.
            await End(client, reading);
#pragma warning restore VSTHRD003
            await shown.CancelAsync();
            await showing;
        });

        var report = tally.Report() with
        {
            Stopped = stop.IsCancellationRequested,
            AudioDropped = playback.IsVoice ? client.AudioDropped : null,
        };
        if (screen.IsJson)
        {
            screen.Json(report);
        }
        else
        {
            ReplayReportView.Write(screen, report);
        }

        return report switch
        {
            { Stopped: true } => ExitCode.Stopped,
            { Unanswered: > 0 } => ExitCode.NotWell,
            _ => ExitCode.Ok,
        };
    }

    /// <summary>Waits for the first event, which says whether the gateway transcribes.</summary>
    async Task RequireTranscriber(CallClient client, CancellationToken stop)
    {
#pragma warning disable VSTHRD003 // Set by the reader, which waits for nobody here.
        await begun.Task.WaitAsync(BeginsWithin, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
#pragma warning restore VSTHRD003
        stop.ThrowIfCancellationRequested();
        if (client.View.Status.Transcription is TranscriptionState.None)
        {
            await client.EndCall();
            throw new InputException($"{options.Gateway} does not transcribe. Set Transcription:Provider there, or replay a transcript.");
        }
    }

    async Task PlayAndSettle(CallClient client, CancellationToken stop)
    {
        try
        {
            await playback.Play(client, stop);
            using var patience = new CancellationTokenSource(SettlesWithin);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
            do
            {
                while (!Holds(() => tally.IsSettled && playback.CameBack(tally)))
                {
                    await changed.Reader.ReadAsync(either.Token);
                }
            }
            while (playback.IsVoice && await HasMore(client, either.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopped or timed out: the report says what is missing.
        }
    }

    /// <summary>Whether audio that was sent still brings events.</summary>
    async Task<bool> HasMore(CallClient client, CancellationToken stop)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop);
        quiet.CancelAfter(QuietAfterVoices);
        try
        {
            await changed.Reader.ReadAsync(quiet.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return client.View.Status.Transcription is TranscriptionState.Behind;
        }
    }

    static async Task End(CallClient client, Task reading)
    {
        try
        {
            await client.EndCall().WaitAsync(EndsWithin);
            await reading.WaitAsync(EndsWithin);
        }
        catch (Exception error) when (error is TimeoutException or CallRefusedException)
        {
            // The gateway ends it by itself two minutes after the connection is gone.
        }
    }

    async Task Read(CallClient client)
    {
        var printer = new CallPrinter(screen, client);
        await foreach (var callEvent in client.Events())
        {
            lock (tally)
            {
                tally.Add(callEvent);
            }

            if (callEvent is Restored)
            {
                begun.TrySetResult();
            }

            printer.Print(callEvent);
            changed.Writer.TryWrite(true);
        }
    }

    /// <summary>On a terminal, one line that changes; elsewhere a line for each quarter.</summary>
    async Task Show(CallClient client, TimeSpan length, Action<string> show, CancellationToken stop)
    {
        var quarter = 0;
        using var tick = new PeriodicTimer(ProgressEvery);
        while (!stop.IsCancellationRequested)
        {
            var at = client.Elapsed * speed < length ? client.Elapsed * speed : length;
            var open = client.View.Suggestion is { } suggestion ? $" · {suggestion.Text}" : "";
            show(string.Create(CultureInfo.InvariantCulture, $"{at:mm\\:ss} of {length:mm\\:ss} · {client.StatusLine.Text}{open}"));
            var reached = (int)(at * 4 / length);
            if (!screen.IsTerminal && reached < 4 && reached > quarter)
            {
                quarter = reached;
                screen.Line($"progress  {reached * 25} % of {length:mm\\:ss}");
            }

            try
            {
                await tick.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    void ShowDone(TimeSpan length, CancellationToken stop)
    {
        if (!screen.IsTerminal && !stop.IsCancellationRequested)
        {
            screen.Line($"progress  100 % of {length:mm\\:ss}");
        }
    }

    bool Holds(Func<bool> condition)
    {
        lock (tally)
        {
            return condition();
        }
    }
}
