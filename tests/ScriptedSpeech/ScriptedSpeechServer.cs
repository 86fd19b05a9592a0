using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Tests.ScriptedSpeech;

/// <summary>
/// A speech server for tests: speaks OpenAI's <c>/v1/audio/speech</c>, streams a tone as long as the words would take, and keeps
/// a record of every request. <c>PUT /script</c> changes the script, <c>GET /requests</c> tells the record.
/// </summary>
public sealed class ScriptedSpeechServer : IAsyncDisposable
{
    const int Rate = 24_000;

    readonly WebApplication app;
    readonly Lock sync = new();
    readonly List<SpeechRequest> requests = [];
    SpeechScript script;
    Random random;
    int served;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ScriptedSpeechServer(SpeechScript script, int port, IPAddress address)
    {
        (this.script, random) = (script, new Random(script.Seed));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        app = builder.Build();
        app.MapPost("/v1/audio/speech", (Delegate)Speak);
        app.MapGet("/script", () => Script);
        app.MapPut("/script", (SpeechScript next) => { Script = next; });
        app.MapGet("/requests", () => new { NowMs, Requests });
    }

    /// <summary>The machine's monotonic clock, in milliseconds: the same in every process of the machine.</summary>
    public static double NowMs => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    /// <summary>How the next requests are answered.</summary>
    public SpeechScript Script
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
                (script, served, random) = (value, 0, new Random(value.Seed));
            }
        }
    }

    /// <summary>What to set as <c>Speech:Endpoint</c>.</summary>
    public Uri Endpoint => new(app.Urls.Single() + "/v1");

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<SpeechRequest> Requests
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
    /// <param name="script">How it answers; the default script when null.</param>
    /// <param name="port">A port; 0 for a free one.</param>
    /// <param name="address">Where it listens; loopback when null.</param>
    public static async Task<ScriptedSpeechServer> StartAsync(SpeechScript? script = null, int port = 0, IPAddress? address = null)
    {
        var server = new ScriptedSpeechServer(script ?? new SpeechScript(), port, address ?? IPAddress.Loopback);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Waits until the record of requests fulfils something.</summary>
    /// <param name="atMost">Then it throws.</param>
    public async Task<IReadOnlyList<SpeechRequest>> Until(Func<IReadOnlyList<SpeechRequest>, bool> fulfilled, TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        while (true)
        {
            Task change;
            IReadOnlyList<SpeechRequest> all;
            lock (sync)
            {
                (change, all) = (changed.Task, [.. requests]);
            }

            if (fulfilled(all))
            {
                return all;
            }

            try
            {
                await change.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"Not so within {atMost}; the requests are: {string.Join("; ", all)}", late);
            }
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    /// <summary>Stops at once; open requests are cut.</summary>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task Speak(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var number = Note(body.RootElement);
        await using var aborted = http.RequestAborted.Register(() => End(number, aborted: true));
        var (answer, fault) = Draw();
        try
        {
            await Answer(http, Requests[number - 1], answer, fault);
            End(number);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            End(number, aborted: true);
        }
    }

    async Task Answer(HttpContext http, SpeechRequest asked, SpeechScript answer, SpeechFault fault)
    {
        var gone = http.RequestAborted;
        if (answer.Voices?.Contains(asked.Voice, StringComparer.Ordinal) == false)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new { error = new { message = answer.Error } }, gone);
            return;
        }

        if (fault is SpeechFault.Status or SpeechFault.ErrorAsSuccess)
        {
            http.Response.StatusCode = fault == SpeechFault.Status ? answer.Status : StatusCodes.Status200OK;
            await http.Response.WriteAsJsonAsync(new { error = new { message = answer.Error } }, gone);
            return;
        }

        await Task.Delay(fault == SpeechFault.Hang ? Timeout.InfiniteTimeSpan : answer.FirstAudio, gone);
        http.Response.ContentType = fault == SpeechFault.Mp3 ? "audio/mpeg" : "audio/pcm";
        if (fault == SpeechFault.Empty)
        {
            return;
        }

        var audio = Tone((int)(asked.Input.Length * answer.PerCharacter.TotalSeconds * Rate), answer.WavRate);
        var started = NowMs;
        for (var at = 0; at < audio.Length; at += answer.PieceBytes)
        {
            if (at > 0 && fault == SpeechFault.Stall)
            {
                await Task.Delay(Timeout.Infinite, gone);
            }

            if (at > 0 && fault == SpeechFault.Break)
            {
                // What was sent so far must arrive: an abort would drop it.
                await Task.Delay(50, gone);
                http.Abort();
                return;
            }

            await http.Response.Body.WriteAsync(audio.AsMemory(at, Math.Min(answer.PieceBytes, audio.Length - at)), gone);
            await http.Response.Body.FlushAsync(gone);
            Update(asked.Number, request => request with { FirstAudioMs = request.FirstAudioMs ?? NowMs });
            var due = started + (at * 1000.0 / (Rate * 2 * answer.Speed));
            // A server makes sound at a pace of its own.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, due - NowMs)), gone);
        }
    }

    static byte[] Tone(int samples, int? wavRate)
    {
        using var audio = new MemoryStream();
        using var writer = new BinaryWriter(audio);
        if (wavRate is { } rate)
        {
            WriteHeader(writer, rate);
        }

        for (var i = 0; i < samples; i++)
        {
            // As loud as syllables are, four a second.
            var loud = 0.6 + (0.4 * Math.Cos(2 * Math.PI * 4 * i / Rate));
            writer.Write((short)(10_000 * loud * Math.Sin(2 * Math.PI * 440 * i / Rate)));
        }

        return audio.ToArray();
    }

    // As streaming servers write it: the length is not known yet, and a chunk that nobody needs comes first.
    static void WriteHeader(BinaryWriter writer, int rate)
    {
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(uint.MaxValue);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(rate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write(Encoding.ASCII.GetBytes("LIST"));
        writer.Write(5);
        writer.Write(new byte[6]);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(uint.MaxValue);
    }

    int Note(JsonElement body)
    {
        string Text(string name) => body.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        lock (sync)
        {
            requests.Add(new SpeechRequest(
                requests.Count + 1, Text("input"), Text("model"), Text("voice"), Text("response_format"), NowMs));
            Changed();
            return requests.Count;
        }
    }

    (SpeechScript Script, SpeechFault Fault) Draw()
    {
        lock (sync)
        {
            var struck = random.NextDouble() < script.FaultRate && served++ >= script.FaultAfter;
            return (script, struck ? script.Fault : SpeechFault.None);
        }
    }

    void End(int number, bool aborted = false)
    {
        var now = NowMs;
        Update(number, request => request.EndedMs is null ? request with { EndedMs = now, Aborted = aborted } : request);
    }

    void Update(int number, Func<SpeechRequest, SpeechRequest> change)
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
