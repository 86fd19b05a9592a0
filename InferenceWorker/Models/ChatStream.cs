using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Reads the response to a streamed chat completion: server-sent events whatever their line ends and pauses, lines of JSON, or one JSON
/// object where the server does not stream.
/// </summary>
static partial class ChatStream
{
    static readonly JsonDocumentOptions lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The chunks up to the end that the server announced; what follows it is read and ignored.</summary>
    /// <param name="body">Not disposed of.</param>
    /// <param name="pace">When to read of it; null as soon as bytes are there.</param>
    /// <exception cref="InvalidDataException">A chunk that may hold text cannot be read: the answer would have a hole.</exception>
    /// <exception cref="EndOfStreamException">The body ended with neither a finish reason nor <c>[DONE]</c>.</exception>
    public static async IAsyncEnumerable<ChatChunk> Read(
        Stream body, ReadPace? pace = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var lines = new LineReader(body, pace);
        var json = new JsonLines();
        var (ended, errorFollows) = (false, false);
        while (await lines.Read(cancellation))
        {
            if (!json.Open && WholeChunk(lines.Line) is { } usual)
            {
                ended |= usual.Ends || usual.Error is not null;
                yield return usual;
                continue;
            }

            var (data, isEvent) = Data(lines.Line);
            if (data is null)
            {
                errorFollows = lines.Line.Trim(" "u8).StartsWith("event:"u8)
                    ? lines.Line.EndsWith("error"u8)
                    : errorFollows && !lines.Line.IsEmpty;
                json.ThrowIfOpen(lines.Line.IsEmpty);
                continue;
            }

            if (isEvent && !json.Open && data is "[DONE]")
            {
                if (!ended)
                {
                    yield return new ChatChunk("", ChatFinish.Stop);
                }

                // A response that is read to its end leaves its connection to the next question.
                while (await lines.Read(cancellation))
                {
                }

                yield break;
            }

            if (!json.Open && !data.StartsWith('{') && !data.StartsWith('['))
            {
                // Without JSON it keeps the connection alive, unless it is called an error.
                if (errorFollows && data.Length > 0)
                {
                    ended = true;
                    yield return new ChatChunk("", Error: new ServerError(data, Code: null));
                }

                continue;
            }

            if (json.Append(data, isEvent) is { } whole)
            {
                foreach (var chunk in Chunks(whole))
                {
                    ended |= chunk.Ends || chunk.Error is not null;
                    yield return chunk;
                }
            }
        }

        if (!ended)
        {
            throw new EndOfStreamException("The answer broke off.");
        }
    }

    /// <summary>The data of an event, or a line of bare JSON; null for any other field, a comment, or the end of an event.</summary>
    static (string? Data, bool IsEvent) Data(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\uFEFF"u8);
        if (line.StartsWith("data:"u8))
        {
            // Bytes that are no UTF-8 become U+FFFD.
            return (Encoding.UTF8.GetString(line[5..].Trim(" \t"u8)), true);
        }

        var isField = line.IsEmpty || line[0] == ':' || line.StartsWith("event:"u8) || line.StartsWith("id:"u8)
            || line.StartsWith("retry:"u8);
        return (isField ? null : Encoding.UTF8.GetString(line), false);
    }

    // Almost every line of almost every server: one event with one object. It is read without becoming a string.
    static ChatChunk? WholeChunk(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("data: {"u8) || !Utf8.IsValid(line))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(line[6..]);
            using var document = JsonDocument.TryParseValue(ref reader, out var value) ? value : null;
            return document is null || reader.Read() ? null : ChatChunk.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Without the parser's message, which may quote the answer.
    static List<ChatChunk> Chunks(string json) =>
        TryParse(json) ?? TryParse(NoJson().Replace(json, "null")) ?? throw new InvalidDataException("A chunk of the answer is no JSON.");

    static List<ChatChunk>? TryParse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, lenient);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(ChatChunk.Read)]
                : [ChatChunk.Read(document.RootElement)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Python's json writes them.
    [GeneratedRegex(@"(?<=[:\[,]\s*)-?(NaN|Infinity)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoJson();
}
