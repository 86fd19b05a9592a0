using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>A call in JSON, as the side panel's sample calls have it: <c>{ "brief": {…}, "turns": [{ "speaker", "text", "startMs", "endMs" }] }</c>. What else it says is skipped.</summary>
static class JsonCall
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Parses the JSON.</summary>
    /// <param name="file">Names the file in errors.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="InputException">It is no JSON, or no call.</exception>
    public static RecordedCall Parse(string file, string text)
    {
        try
        {
            var call = JsonSerializer.Deserialize<Document>(text, Format)!;
            for (var turn = 0; turn < call.Turns.Count; turn++)
            {
                if (Problem(call.Turns, turn) is { } problem)
                {
                    throw InputException.At(file, LineOfTurn(text, turn), problem);
                }
            }

            return new RecordedCall(call.Brief ?? CallBrief.Empty, [.. call.Turns.Select(turn => new CallTurn(turn.Speaker, turn.Text, turn.StartMs, turn.EndMs))]);
        }
        catch (JsonException error)
        {
            throw InputException.At(file, (error.LineNumber ?? 0) + 1, error.Message.Split(" Path:")[0]);
        }
    }

    static string? Problem(IReadOnlyList<Turn> turns, int at) => turns[at] switch
    {
        { Text: var text } when string.IsNullOrWhiteSpace(text) || text.Length > 2000 => "'text' has 1 to 2000 characters.",
        { StartMs: < 0 } => "'startMs' is 0 or more.",
        { StartMs: var start, EndMs: var end } when end <= start => "'endMs' is more than 'startMs'.",
        { StartMs: var start } when at > 0 && start < turns[at - 1].StartMs => "'startMs' is less than the turn before has. Put the turns in the order in which they begin.",
        _ => null,
    };

    /// <summary>Where a turn begins: the objects right inside the array of the turns are counted.</summary>
    static int LineOfTurn(string text, int turn)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var (inTurns, seen) = (false, 0);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                inTurns = string.Equals(reader.GetString(), "turns", StringComparison.OrdinalIgnoreCase);
            }
            else if (inTurns && reader.TokenType is JsonTokenType.StartObject && reader.CurrentDepth == 2 && seen++ == turn)
            {
                break;
            }
        }

        return 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
    }

    sealed record Document(IReadOnlyList<Turn> Turns, CallBrief? Brief = null);

    sealed record Turn([property: JsonRequired] Speaker Speaker, string Text, long StartMs, long EndMs);
}
