using Teleprompter.Gateway;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Hosting.Redis;

WrongSettings.AreToldPlainly();
NativeHeaps.Limit();
var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration.GetConnectionString("Redis") is { Length: > 0 } redis)
{
    builder.Services.AddRedisSeams(redis).AddDraining().AddSingleton<IDrain, GatewayDrain>();
}
else
{
    builder.Services.AddEmbeddedWorker(builder.Configuration);
}

builder.AddGateway();
builder.Services.AddHostedService<NativeHeapTrimming>();

var app = builder.Build();
app.MapGateway();
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Teleprompter is ready: open {string.Join(" or ", app.Urls)}"));
await app.RunAsync();
