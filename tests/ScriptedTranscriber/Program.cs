using System.Globalization;
using System.Net;
using Teleprompter.Tests.ScriptedTranscriber;

// dotnet run --project tests/ScriptedTranscriber -- RECORDING.wav [PORT [any]]; "any" listens on every address, as a container must.
// dotnet run --project tests/ScriptedTranscriber -- whisper SIZE MODEL.bin writes a model of Whisper instead, to try a machine with.
if (args is ["whisper", var name, var model] && WhisperSize.Published.TryGetValue(name, out var size))
{
    ScriptedWhisperModel.Write(model, size, "How much does it cost per seat?");
    return 0;
}

if (args is not [var path, ..] || !File.Exists(path))
{
    Console.Error.WriteLine(
        "Name a WAV file of 16 kHz PCM16, with its timeline of the same name (.json) beside it, or: whisper SIZE MODEL.bin, with a size of "
        + $"{string.Join(", ", WhisperSize.Published.Keys)}.");
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
