using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Tests.ScriptedModel;

/// <summary>
/// A language model for tests: speaks the OpenAI chat-completions protocol, streamed and whole, also at Azure's paths, answers by a
/// <see cref="ModelScript"/>, and keeps a record of every request. <c>PUT /script</c> changes the script, <c>GET /requests</c> tells the
/// record.
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Lock sync = new();
    ModelScript script;
    Random random;
    int faults;
    bool loaded;
    int open;

    ScriptedModelServer(ModelScript script, int port, IPAddress address)
    {
        (this.script, random) = (script, new Random(script.Seed));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        app = builder.Build();
        app.MapPost("/v1/chat/completions", Complete);
        app.MapPost("/openai/deployments/{deployment}/chat/completions", Complete);
        app.MapGet("/v1/models", () => Results.Text(ChatCompletion.Models(), "application/json"));
        app.MapGet("/script", () => Script);
        app.MapPut("/script", (ModelScript next) => { Script = next; });
        app.MapGet("/requests", () => new { NowMs, Requests = Requests.All });
    }

    /// <summary>The machine's monotonic clock, in milliseconds: the same in every process of the machine.</summary>
    public static double NowMs => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    /// <summary>How the next requests are answered. Setting it seeds the random draws and counts faults anew.</summary>
    public ModelScript Script
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
                (script, random, faults, loaded) = (value, new Random(value.Seed), 0, false);
            }
        }
    }

    /// <summary>What to set as <c>Model:Endpoint</c>.</summary>
    public Uri Endpoint => new(app.Urls.Single() + "/v1");

    /// <summary>Every request of chat completions.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Starts a server.</summary>
    /// <param name="script">How it answers; the default script when null.</param>
    /// <param name="port">A port; 0 for a free one.</param>
    /// <param name="address">Where it listens; loopback when null.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static async Task<ScriptedModelServer> StartAsync(
        ModelScript? script = null, int port = 0, IPAddress? address = null, CancellationToken cancellation = default)
    {
        var server = new ScriptedModelServer(script ?? new ModelScript(), port, address ?? IPAddress.Loopback);
        await server.app.StartAsync(cancellation);
        return server;
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    /// <summary>Stops at once; open requests are cut.</summary>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task Complete(HttpContext http)
    {
        var receivedMs = NowMs;
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var request = Requests.Add(number => ChatCompletion.Read(body.RootElement, number, receivedMs) with
        {
            Connection = http.Connection.Id,
            Traceparent = http.Request.Headers.TraceParent.Count == 0 ? null : http.Request.Headers.TraceParent.ToString(),
        });
        await using var aborted = http.RequestAborted.Register(() => Aborted(request.Number));

        var script = Draw(request.Model, out var seed, out var faulty);
        var reply = new ScriptedReply(http, script, Requests, request, seed, faulty);
        try
        {
            if (Interlocked.Increment(ref open) > script.Concurrency)
            {
                await reply.Reject(StatusCodes.Status429TooManyRequests);
                return;
            }

            if (script.RefusedParameter is { } refused && body.RootElement.TryGetProperty(refused, out _))
            {
                await reply.Refuse(refused);
                return;
            }

            if (!loaded)
            {
                await Task.Delay(script.LoadFor, http.RequestAborted);
                loaded = true;
            }

            var tokens = script.Tokens(ChatCompletion.TokenLimit(body.RootElement));
            tokens = script.Numbered ? [$"n{request.Number}", .. tokens.Skip(1)] : tokens;
            await reply.Answer(tokens, tokens.Count < script.Tokens(limit: null).Count ? "length" : "stop");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // May run before the registration above, and then unregisters it.
            Aborted(request.Number);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    void Aborted(int number)
    {
        var now = NowMs;
        Requests.Update(number, r => r with { End = RequestEnd.Aborted, EndedMs = now });
    }

    ModelScript Draw(string model, out int seed, out bool faulty)
    {
        lock (sync)
        {
            seed = random.Next();
            var struck = random.NextDouble() < script.FaultRate;
            faulty = struck && (script.FaultModel is null || string.Equals(script.FaultModel, model, StringComparison.Ordinal))
                && (script.FaultCount is null || faults < script.FaultCount);
            faults += faulty ? 1 : 0;
            return script;
        }
    }
}
