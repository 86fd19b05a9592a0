using System.Globalization;
using System.Net;
using Teleprompter.Tests.ScriptedTranscriber;

// dotnet run --project tests/ScriptedTranscriber -- RECORDING.wav [PORT [any]]; "any" listens on every address, as a container must.
if (args is not [var path, ..])
{
    Console.Error.WriteLine("Name a WAV file of 16 kHz PCM16, with its timeline of the same name (.json) beside it.");
    return 1;
}

var port = args is [_, var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 5091;
await using var server = await ScriptedTranscriberServer.StartAsync(
    Recording.Load(path), port: port, address: args is [_, _, "any"] ? IPAddress.Any : IPAddress.Loopback);
Console.WriteLine(
    $"The scripted transcriber listens: Transcription__Provider=OpenAI Transcription__Endpoint={server.Endpoint} "
    + "Transcription__Model=scripted");
await server.WaitForShutdownAsync();
return 0;
