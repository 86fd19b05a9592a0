using System.Text.Json;
using static Teleprompter.InferenceWorker.Models.LenientJson;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// What matters in a chunk of a chat completion: text, end, usage and error, each read as leniently as possible. Everything else is ignored
/// and may have any form.
/// </summary>
/// <param name="Text">Of the answer; empty when there is none.</param>
/// <param name="Finish">Null while the model goes on.</param>
/// <param name="Usage">Null where the chunk does not tell it.</param>
/// <param name="Error">Null when the server reports none.</param>
sealed record ChatChunk(string Text, ChatFinish? Finish = null, ChatUsage? Usage = null, ServerError? Error = null)
{
    /// <summary>Whether the answer is whole with it, even if the connection ends here.</summary>
    public bool Ends { get; private init; }

    /// <summary>Of a chunk, or of a whole completion.</summary>
    public static ChatChunk Read(JsonElement chunk)
    {
        if (chunk.ValueKind != JsonValueKind.Object)
        {
            return new ChatChunk("");
        }

        var choice = Choice(chunk);
        var delta = Member(choice, "delta");
        var message = delta.ValueKind == JsonValueKind.Object ? delta : Member(choice, "message");
        var text = message.ValueKind == JsonValueKind.Object ? TextOf(Member(message, "content")) : TextOf(Member(choice, "text"));
        var finish = FinishOf(Member(choice, "finish_reason"));
        return new ChatChunk(
            text,
            finish,
            ChatUsage.Read(Member(chunk, "usage")),
            ServerError.Read(chunk) ?? ServerError.Read(choice) ?? (finish == ChatFinish.Error ? new ServerError("", Code: null) : null))
        {
            Ends = finish is not null || (delta.ValueKind != JsonValueKind.Object && message.ValueKind == JsonValueKind.Object),
        };
    }

    // The first, unless it says that it is another: only one is asked for.
    static JsonElement Choice(JsonElement chunk)
    {
        var choices = Member(chunk, "choices");
        if (choices.ValueKind == JsonValueKind.Array)
        {
            foreach (var choice in choices.EnumerateArray())
            {
                if (Member(choice, "index") is not { ValueKind: JsonValueKind.Number } index || index.GetDouble() == 0)
                {
                    return choice;
                }
            }
        }

        return default;
    }

    static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => StringOf(content),
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(TextOf)),

        // A part of another type is a thought, an image or a reference.
        JsonValueKind.Object when Member(content, "type") is not { ValueKind: JsonValueKind.String } type
            || StringOf(type).EndsWith("text", StringComparison.Ordinal) =>
            TextOf(Member(content, "text")),
        _ => "",
    };

    static ChatFinish? FinishOf(JsonElement reason) => reason.ValueKind switch
    {
        JsonValueKind.String => StringOf(reason).Trim().ToUpperInvariant() switch
        {
            "" or "NULL" or "NONE" or "FINISH_REASON_UNSPECIFIED" => null,
            "STOP" or "EOS" or "EOS_TOKEN" or "END_TURN" or "STOP_SEQUENCE" or "STOP_TOKEN" or "COMPLETE" or "COMPLETED" or "DONE" =>
                ChatFinish.Stop,
            "LENGTH" or "MAX_TOKENS" or "MAX_LENGTH" or "MODEL_LENGTH" or "MAX_OUTPUT_TOKENS" or "TOKEN_LIMIT" => ChatFinish.Length,
            "CONTENT_FILTER" or "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SENSITIVE" or "REFUSAL" =>
                ChatFinish.Filtered,
            "ERROR" => ChatFinish.Error,
            _ => ChatFinish.Other,
        },
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => null,
        _ => ChatFinish.Other,
    };
}
