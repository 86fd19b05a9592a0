using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>
/// A transcriber for tests: speaks OpenAI's <c>/v1/audio/transcriptions</c>, answers with what the timeline of a recording says of the
/// audio it gets, and keeps a record of every request. <c>PUT /script</c> changes the script, <c>GET /requests</c> tells the record.
/// </summary>
public sealed class ScriptedTranscriberServer : IAsyncDisposable
{
    const int HeaderBytes = 44;

    readonly WebApplication app;
    readonly Recording? recording;
    readonly Lock sync = new();
    readonly List<TranscriberRequest> requests = [];
    TranscriberScript script;
    int refused;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ScriptedTranscriberServer(Recording? recording, TranscriberScript script, int port, IPAddress address)
    {
        (this.recording, this.script) = (recording, script);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        app = builder.Build();
        app.MapPost("/v1/audio/transcriptions", (Delegate)Transcribe);
        app.MapGet("/script", () => Script);
        app.MapPut("/script", (TranscriberScript next) => { Script = next; });
        app.MapGet("/requests", () => new { NowMs, Requests });
    }

    /// <summary>The machine's monotonic clock, in milliseconds: the same in every process of the machine.</summary>
    public static double NowMs => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    /// <summary>How the next requests are answered.</summary>
    public TranscriberScript Script
    {
        get
        {
            lock (sync)
            {
                return script;
            }
        }

        set
        {
            lock (sync)
            {
                (script, refused) = (value, 0);
            }
        }
    }

    /// <summary>What to set as <c>Transcription:Endpoint</c>.</summary>
    public Uri Endpoint => new(app.Urls.Single() + "/v1");

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<TranscriberRequest> Requests
    {
        get
        {
            lock (sync)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="recording">Whose words it knows; null for none.</param>
    /// <param name="script">How it answers; the default script when null.</param>
    /// <param name="port">A port; 0 for a free one.</param>
    /// <param name="address">Where it listens; loopback when null.</param>
    public static async Task<ScriptedTranscriberServer> StartAsync(
        Recording? recording = null, TranscriberScript? script = null, int port = 0, IPAddress? address = null)
    {
        var server = new ScriptedTranscriberServer(recording, script ?? new TranscriberScript(), port, address ?? IPAddress.Loopback);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Waits until the record of requests fulfils something.</summary>
    /// <param name="fulfilled">What.</param>
    /// <param name="atMost">Then it throws.</param>
    public async Task Until(Func<IReadOnlyList<TranscriberRequest>, bool> fulfilled, TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        while (true)
        {
            Task change;
            lock (sync)
            {
                if (fulfilled([.. requests]))
                {
                    return;
                }

                change = changed.Task;
            }

            await change.WaitAsync(patience.Token);
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    /// <summary>Stops at once; open requests are cut.</summary>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<IResult> Transcribe(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        using var wav = new MemoryStream();
        await form.Files["file"]!.CopyToAsync(wav, http.RequestAborted);
        // Looking the words up takes longer than a request: it is part of the answer's delay.
        var received = NowMs;
        var number = Note(form, wav.ToArray().AsSpan(HeaderBytes), received, out var text);
        var (answer, status) = Draw();
        try
        {
            var left = answer.Delay - TimeSpan.FromMilliseconds(NowMs - received);
            await Task.Delay(answer.Hang ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Update(number, request => request with { Aborted = true });
            throw;
        }

        if (status is { } fault)
        {
            return Results.StatusCode(fault);
        }

        Update(number, request => request with { Text = text });
        if (answer.Raw is { } raw)
        {
            return Results.Text(raw.Body, raw.Type);
        }

        return Results.Json(new { text });
    }

    int Note(IFormCollection form, ReadOnlySpan<byte> pcm, double receivedMs, out string text)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        var (channel, parts) = recording?.Find(samples) ?? (-1, []);
        text = channel < 0 ? Script.Otherwise : recording!.TextOf(samples) ?? "";
        lock (sync)
        {
            requests.Add(new TranscriberRequest(
                requests.Count + 1, form["model"].ToString(), form["language"], form["prompt"], samples.Length * 1000.0 / Recording.Rate,
                receivedMs)
            {
                Channel = channel,
                EndsAtMs = channel < 0 ? null : parts[^1].End * 1000.0 / Recording.Rate,
            });
            Changed();
            return requests.Count;
        }
    }

    (TranscriberScript Script, int? Status) Draw()
    {
        lock (sync)
        {
            return (script, script.Status is { } status && refused++ < (script.StatusCount ?? int.MaxValue) ? status : null);
        }
    }

    void Update(int number, Func<TranscriberRequest, TranscriberRequest> change)
    {
        lock (sync)
        {
            requests[number - 1] = change(requests[number - 1]);
            Changed();
        }
    }

    void Changed()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
