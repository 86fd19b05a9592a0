using System.Globalization;
using Teleprompter.Tests.ScriptedModel;

// dotnet run --project tests/ScriptedModel [-- PORT]
var port = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 5090;
await using var server = await ScriptedModelServer.StartAsync(port: port);
Console.WriteLine($"The scripted model listens: Model__Endpoint={server.Endpoint} Model__Name=scripted");
await server.WaitForShutdownAsync();
