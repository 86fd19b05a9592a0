using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Teleprompter.Gateway;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>The real gateway with its embedded worker, on a port of its own.</summary>
sealed class RunningGateway : IAsyncDisposable
{
    readonly WebApplication app;

    RunningGateway(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<RunningGateway> Start(Action<IServiceCollection>? replace = null, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddGateway();
        builder.Services.AddEmbeddedWorker(builder.Configuration);
        replace?.Invoke(builder.Services);
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
}
