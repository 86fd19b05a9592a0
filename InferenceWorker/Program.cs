using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Hosting.Redis;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker;

const string DefaultAddress = "http://localhost:5081";

WrongSettings.AreToldPlainly();
NativeHeaps.Limit();
var builder = WebApplication.CreateBuilder(args);
builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Logging:LogLevel:Microsoft", "Warning")] });
var redis = builder.Configuration.GetConnectionString("Redis") is { Length: > 0 } set
    ? set
    : throw new InvalidOperationException(
        "A worker of its own meets the gateways on Redis: set ConnectionStrings:Redis, for example to localhost:6379. Without Redis, run "
        + "the Gateway: it has a worker inside.");
if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
{
    builder.WebHost.UseUrls(DefaultAddress);
}

builder.Services.AddSingleton(TimeProvider.System).AddRedisSeams(redis).AddInferenceWorker(builder.Configuration)
    .AddWorkerProcess(builder.Configuration).AddHostedService<NativeHeapTrimming>();

var app = builder.Build();
app.MapHealthPages();
app.MapMetricsPage();
app.Lifetime.ApplicationStarted.Register(
    () => Console.WriteLine($"The worker is ready; its health is at {string.Join(" and ", app.Urls)}/health/ready"));
await app.RunAsync();
