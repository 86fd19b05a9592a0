using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

/// <summary>A started host with the model's part of the worker, and the scripted model it asks.</summary>
sealed class ModelUnderTest : IAsyncDisposable
{
    readonly IHost host;

    ModelUnderTest(ScriptedModelServer server, IHost host) => (Server, this.host) = (server, host);

    /// <summary>A prompt of one message.</summary>
    public static ModelPrompt Prompt { get; } = new([new PromptMessage(PromptRole.User, "The price is too high.")], MaxTokens: 150);

    public ScriptedModelServer Server { get; }

    public ILanguageModel Model => host.Services.GetRequiredService<ILanguageModel>();

    public ModelSet Models => host.Services.GetRequiredService<ModelSet>();

    public AdmissionGate Gate => host.Services.GetRequiredService<AdmissionGate>();

    /// <summary>What was logged as a warning.</summary>
    public IReadOnlyCollection<string> Warnings => host.Services.GetServices<ILoggerProvider>().OfType<WarningList>().Single().Warnings;

    /// <summary>The requests since the warm-up.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. Server.Requests.All.Where(IsOurs)];

    /// <summary>Starts both. The warm-up is answered well, however late on busy cores, then <paramref name="script"/> counts.</summary>
    public static Task<ModelUnderTest> Start(ModelScript script, params (string Setting, string Value)[] settings) =>
        Start(TimeProvider.System, script, settings);

    /// <summary>Starts both with a clock of the worker's.</summary>
    public static async Task<ModelUnderTest> Start(
        TimeProvider time, ModelScript script, params (string Setting, string Value)[] settings)
    {
        var server = await ScriptedModelServer.StartAsync(new ModelScript { FirstToken = TimeSpan.Zero });
        var host = Host(time, [("Model:Endpoint", server.Endpoint.ToString()), ("Model:Name", "scripted"), .. settings]);
        var test = new ModelUnderTest(server, host);
        await host.StartAsync();
        if (test.Models.MayBeAsked)
        {
            await test.Until(ModelState.Ready, TimeSpan.FromSeconds(30));
        }

        server.Script = script;
        return test;
    }

    /// <summary>A host that is not started.</summary>
    public static IHost Host(params (string Setting, string Value)[] settings) => Host(TimeProvider.System, settings);

    static IHost Host(TimeProvider time, (string Setting, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection();
        foreach (var (setting, value) in settings)
        {
            builder.Configuration[setting] = value;
        }

        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new WarningList()));
        builder.Services.AddSingleton(time);
        builder.Services.AddAdmission(builder.Configuration).AddModel(builder.Configuration);
        return builder.Build();
    }

    /// <summary>Changes a setting of the running host.</summary>
    public void Set(string setting, string value)
    {
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        configuration[setting] = value;
        ((IConfigurationRoot)configuration).Reload();
    }

    /// <summary>Asks and reads the whole answer.</summary>
    public async Task<string> Answer(
        ModelPrompt? prompt = null, CancellationToken cancellation = default, CancellationToken tooLate = default)
    {
        var answer = "";
        await foreach (var delta in Model.Stream(prompt ?? Prompt, cancellation, tooLate))
        {
            answer = delta.Replaces ? delta.Text : answer + delta.Text;
        }

        return answer;
    }

    /// <summary>Asks, and tells how it failed.</summary>
    public async Task<ModelFailure> Failure(ModelPrompt? prompt = null, CancellationToken tooLate = default) =>
        (await Assert.ThrowsAsync<ModelException>(async () => await Answer(prompt, tooLate: tooLate)))!.Failure;

    /// <summary>Asks, and expects that the question is withdrawn.</summary>
    public async Task Withdrawn(CancellationToken cancellation) =>
        await Assert.ThatAsync(async () => await Answer(cancellation: cancellation), Throws.InstanceOf<OperationCanceledException>());

    /// <summary>Waits for the last request since the warm-up to be as asked.</summary>
    public async Task<ModelRequest> Last(Predicate<ModelRequest> condition)
    {
        var all = await Server.Requests.Until(
            requests => requests.LastOrDefault(IsOurs) is { } last && condition(last), TimeSpan.FromSeconds(5));
        return all.Last(IsOurs);
    }

    /// <summary>Waits for the model's state.</summary>
    public async Task Until(ModelState state, TimeSpan timeout)
    {
        var reached = new TaskCompletionSource();
        void Look(object? sender, EventArgs arguments)
        {
            if (Model.State == state)
            {
                reached.TrySetResult();
            }
        }

        Model.StateChanged += Look;
        Look(this, EventArgs.Empty);
        await reached.Task.WaitAsync(timeout);
        Model.StateChanged -= Look;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Server.DisposeAsync();
    }

    static bool IsOurs(ModelRequest request) => request.Texts.Contains(Prompt.Messages[0].Text, StringComparer.Ordinal);
}
