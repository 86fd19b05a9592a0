using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Teleprompter.Gateway;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Hosting.Redis;
using Teleprompter.InferenceWorker;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>The real gateway with its embedded worker, on a port of its own.</summary>
sealed class RunningGateway : IAsyncDisposable
{
    const string Urls = "--urls=";

    readonly WebApplication app;

    RunningGateway(WebApplication app) => this.app = app;

    /// <summary>Brings what is logged from now on to a provider as well.</summary>
    public IServiceProvider Services => app.Services;

    public void AddLogs(ILoggerProvider provider) => app.Services.GetRequiredService<ILoggerFactory>().AddProvider(provider);

    public Uri Address => new(app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    /// <summary>The same gateway with its worker, meeting others on Redis.</summary>
    public static Task<RunningGateway> Start(int redis, params string[] settings) => Start(
        builder => builder.Services.AddRedisSeams($"127.0.0.1:{redis},user=gateway,password=gateway"),
        builder => builder.Services.AddInferenceWorker(builder.Configuration), settings);

    public static Task<RunningGateway> Start(Action<IServiceCollection>? replace = null, params string[] settings) => Start(
        _ => { },
        builder =>
        {
            builder.Services.AddEmbeddedWorker(builder.Configuration);
            replace?.Invoke(builder.Services);
        },
        settings);

    static async Task<RunningGateway> Start(Action<WebApplicationBuilder> before, Action<WebApplicationBuilder> after, string[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings]);
        builder.WebHost.UseUrls(settings.FirstOrDefault(IsUrls)?[Urls.Length..] ?? "http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        before(builder);
        builder.AddGateway();
        after(builder);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new RunningGateway(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    static bool IsUrls(string setting) => setting.StartsWith(Urls, StringComparison.Ordinal);
}
