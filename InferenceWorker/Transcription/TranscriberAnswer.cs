using System.Text.Json;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Reads an answer that says it is a success. The SDK's typed method takes an error in it for silence.</summary>
static class TranscriberAnswer
{
    /// <param name="type">The content type; null where the server names none.</param>
    /// <returns>The words; null for an error, and for anything that has none.</returns>
    public static string? Words(string body, string? type)
    {
        if (type?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true)
        {
            return body.Trim();
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return ServerError.Read(document.RootElement) is null
                && LenientJson.Member(document.RootElement, "text") is { ValueKind: JsonValueKind.String } text
                    ? LenientJson.StringOf(text)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
