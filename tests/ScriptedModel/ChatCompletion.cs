using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Teleprompter.Tests.ScriptedModel;

/// <summary>The part of the OpenAI chat-completions format that the scripted model speaks.</summary>
static partial class ChatCompletion
{
    // Characters beyond ASCII leave as UTF-8, so that a split write really splits one.
    static readonly JsonSerializerOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ModelRequest Read(JsonElement body, int number, double receivedMs)
    {
        string[] texts = [.. body.GetProperty("messages").EnumerateArray().Select(Text)];
        var streamed = body.TryGetProperty("stream", out var stream) && stream.GetBoolean();
        return new(number, body.GetProperty("model").GetString()!, streamed, texts.Length, texts.Sum(t => t.Length), receivedMs)
        {
            Marker = Marker(texts[^1]),
            Texts = texts,
            WantsUsage = WantsUsage(body),
            Structured = body.TryGetProperty("response_format", out _),
        };
    }

    public static int? TokenLimit(JsonElement body) =>
        body.TryGetProperty("max_completion_tokens", out var limit) || body.TryGetProperty("max_tokens", out limit)
            ? limit.GetInt32()
            : null;

    public static string Chunk(string model, string? role, string? content, string? finish)
    {
        var delta = new JsonObject();
        if (role is not null)
        {
            delta["role"] = role;
        }

        if (content is not null)
        {
            delta["content"] = content;
        }

        return Choice("chat.completion.chunk", model, "delta", delta, finish).ToJsonString(Raw);
    }

    public static string Whole(ModelRequest request, IReadOnlyList<string> tokens, string finish)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = string.Concat(tokens) };
        var whole = Choice("chat.completion", request.Model, "message", message, finish);
        whole["usage"] = UsageOf(request, tokens.Count);
        return whole.ToJsonString(Raw);
    }

    public static string Usage(ModelRequest request, int tokens)
    {
        var chunk = Choice("chat.completion.chunk", request.Model, "delta", [], finish: null);
        chunk["choices"] = new JsonArray();
        chunk["usage"] = UsageOf(request, tokens);
        return chunk.ToJsonString(Raw);
    }

    public static string Error(int status) =>
        new JsonObject { ["error"] = new JsonObject { ["message"] = $"Scripted error {status}.", ["type"] = "scripted" } }.ToJsonString();

    /// <summary>As Mistral's server refuses a parameter.</summary>
    public static string Refusal(string parameter) => new JsonObject
    {
        ["object"] = "error",
        ["message"] = new JsonObject
        {
            ["detail"] = new JsonArray(
                new JsonObject { ["type"] = "extra_forbidden", ["loc"] = new JsonArray("body", parameter), ["msg"] = "Extra inputs are not permitted" }),
        },
    }.ToJsonString();

    public static string Models() =>
        new JsonObject { ["object"] = "list", ["data"] = new JsonArray(new JsonObject { ["id"] = "scripted", ["object"] = "model" }) }.ToJsonString();

    static bool WantsUsage(JsonElement body) =>
        body.TryGetProperty("stream_options", out var options) && options.TryGetProperty(
            "include_usage", out var usage) && usage.GetBoolean();

    static JsonObject UsageOf(ModelRequest request, int tokens) => new()
    {
        ["prompt_tokens"] = request.PromptCharacters / 4,
        ["completion_tokens"] = tokens,
        ["total_tokens"] = (request.PromptCharacters / 4) + tokens,
    };

    static JsonObject Choice(string kind, string model, string part, JsonObject content, string? finish) => new()
    {
        ["id"] = "chatcmpl-scripted",
        ["object"] = kind,
        ["created"] = 0,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, [part] = content, ["finish_reason"] = finish }),
    };

    static long? Marker(string text) =>
        LastMarker().Match(text) is { Success: true } marker
            ? long.Parse(marker.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"#(?<number>\d{1,18})", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LastMarker();

    static string Text(JsonElement message)
    {
        var content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.Array
            ? string.Concat(content.EnumerateArray().Select(p => p.GetProperty("text").GetString()))
            : content.GetString() ?? "";
    }
}
