using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>A started host with the transcriber's part of the worker, and the scripted transcriber it asks.</summary>
sealed class TranscriberUnderTest : IAsyncDisposable
{
    readonly IHost host;

    TranscriberUnderTest(ScriptedTranscriberServer server, IHost host) => (Server, this.host) = (server, host);

    public ScriptedTranscriberServer Server { get; }

    public TranscriptionService Service => host.Services.GetRequiredService<TranscriptionService>();

    /// <summary>The requests since the warm-up, which is the first one.</summary>
    public IReadOnlyList<TranscriberRequest> Requests => [.. Server.Requests.Skip(1)];

    /// <summary>Starts both. The warm-up is answered well, then <paramref name="script"/> counts.</summary>
    public static async Task<TranscriberUnderTest> Start(TranscriberScript script, params (string Setting, string Value)[] settings)
    {
        var server = await ScriptedTranscriberServer.StartAsync(script: new TranscriberScript { Delay = TimeSpan.Zero });
        var host = Host([
            ("Transcription:Provider", "OpenAI"), ("Transcription:Endpoint", server.Endpoint.ToString()), (
                "Transcription:Model", "scripted"), .. settings]);
        await host.StartAsync();
        await server.Until(requests => requests.Any(request => request.Text is not null), TimeSpan.FromSeconds(10));
        server.Script = script;
        return new TranscriberUnderTest(server, host);
    }

    /// <summary>A host that is not started.</summary>
    public static IHost Host(params (string Setting, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection();
        foreach (var (setting, value) in settings)
        {
            builder.Configuration[setting] = value;
        }

        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTranscription(builder.Configuration);
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Server.DisposeAsync();
    }
}
