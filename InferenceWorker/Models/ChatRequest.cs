using System.ClientModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Writes the body of a streamed chat completion.</summary>
static class ChatRequest
{
    static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BinaryContent Body(string model, ModelPrompt prompt, ChatDialect dialect)
    {
        var body = new JsonObject { ["model"] = model, ["messages"] = Messages(prompt.Messages, dialect.SystemRole), ["stream"] = true };
        if (dialect.TokenLimit is { } limit)
        {
            body[limit] = prompt.MaxTokens;
        }

        if (dialect.Usage)
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (dialect.Schema && prompt.Schema is { } schema)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = "answer", ["strict"] = true, ["schema"] = JsonNode.Parse(schema) },
            };
        }

        return BinaryContent.Create(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(body, plain)));
    }

    static JsonArray Messages(IReadOnlyList<PromptMessage> messages, bool systemRole)
    {
        if (!systemRole && messages is [{ Role: PromptRole.System } instructions, { Role: PromptRole.User } question, ..])
        {
            messages = [question with { Text = $"{instructions.Text}\n\n{question.Text}" }, .. messages.Skip(2)];
        }

        return new JsonArray([.. messages.Select(message => new JsonObject
        {
            ["role"] = message.Role switch { PromptRole.System => "system", PromptRole.Assistant => "assistant", _ => "user" },
            ["content"] = message.Text,
        })]);
    }
}
