using System.Globalization;
using System.Net;
using Teleprompter.Tests.ScriptedSpeech;

// dotnet run --project tests/ScriptedSpeech -- [PORT [any]]; "any" listens on every address, as a container must.
var port = args is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 5092;
await using var server = await ScriptedSpeechServer.StartAsync(
    port: port, address: args is [_, "any"] ? IPAddress.Any : IPAddress.Loopback);
Console.WriteLine(
    $"The scripted speech server listens: Speech__Provider=OpenAI Speech__Endpoint={server.Endpoint} Speech__Model=scripted");
await server.WaitForShutdownAsync();
