using System.Globalization;
using System.Text.Json;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// What a model's server says went wrong. It may repeat words of the prompt: <see cref="ErrorText"/> makes it fit for a log.
/// </summary>
/// <param name="Message">The server's words, and whatever names a parameter; may be empty.</param>
/// <param name="Code">An HTTP status; null when it told none.</param>
sealed record ServerError(string Message, int? Code)
{
    /// <summary>An error's whole body, of whatever form.</summary>
    public static ServerError ReadBody(string? body, int? status)
    {
        try
        {
            using var document = JsonDocument.Parse(body ?? "");
            return Read(document.RootElement) is { } error
                ? error with { Code = status ?? error.Code }
                : new ServerError(body ?? "", status);
        }
        catch (JsonException)
        {
            return new ServerError(body ?? "", status);
        }
    }

    /// <summary>The error in a chunk or body; null where there is none.</summary>
    public static ServerError? Read(JsonElement body)
    {
        var error = LenientJson.Member(body, "error");
        if (error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False)
        {
            // Mistral and vLLM say {"object":"error","message":…}, FastAPI {"detail":…}.
            var isError = LenientJson.Member(body, "object") is { ValueKind: JsonValueKind.String } kind
                && LenientJson.StringOf(kind) is "error";
            error = isError ? body : LenientJson.Member(body, "detail");
        }

        var (message, code) = error.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => ("", null),
            JsonValueKind.Object => (MessageOf(error), CodeOf(error)),
            JsonValueKind.String => (LenientJson.StringOf(error), null),
            _ => (error.GetRawText(), null),
        };
        return message.Length == 0 && code is null ? null : new ServerError(message, code);
    }

    /// <summary>What kind of failure it is.</summary>
    public ModelFailure Failure => Code switch
    {
        429 => ModelFailure.RateLimited,
        >= 400 and < 500 => ModelFailure.Refused,
        _ => ModelFailure.ServerError,
    };

    static string MessageOf(JsonElement error)
    {
        string[] members = ["message", "detail", "msg", "param", "type", "code"];
        return string.Join("; ", members.Select(name => LenientJson.Member(error, name))
            .Where(member => member.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Number))
            .Select(member => member.ValueKind == JsonValueKind.String ? LenientJson.StringOf(member) : member.GetRawText())
            .Where(text => text.Length > 0));
    }

    static int? CodeOf(JsonElement error)
    {
        foreach (var name in new[] { "code", "status", "status_code" })
        {
            var code = LenientJson.Member(error, name);
            if (code.ValueKind is JsonValueKind.Number or JsonValueKind.String
                && double.TryParse(code.GetRawText().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number is >= 400 and < 600)
            {
                return (int)number;
            }

            if (code.ValueKind == JsonValueKind.String && code.GetRawText().Contains("rate_limit", StringComparison.OrdinalIgnoreCase))
            {
                return 429;
            }
        }

        return null;
    }
}
