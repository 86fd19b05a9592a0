using System.Globalization;
using System.Net;
using Teleprompter.Tests.ScriptedModel;

// dotnet run --project tests/ScriptedModel [-- PORT [any]]; "any" listens on every address, as a container must.
var port = args is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 5090;
await using var server = await ScriptedModelServer.StartAsync(
    new ModelScript { Numbered = true }, port, args is [_, "any"] ? IPAddress.Any : IPAddress.Loopback);
Console.WriteLine($"The scripted model listens: Model__Endpoint={server.Endpoint} Model__Name=scripted");
await server.WaitForShutdownAsync();
