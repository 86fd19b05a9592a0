using Teleprompter.Gateway;

var builder = WebApplication.CreateBuilder(args);
builder.AddGateway();
builder.Services.AddEmbeddedWorker(builder.Configuration);

var app = builder.Build();
app.MapGateway();
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Teleprompter is ready: open {string.Join(" or ", app.Urls)}"));
await app.RunAsync();
