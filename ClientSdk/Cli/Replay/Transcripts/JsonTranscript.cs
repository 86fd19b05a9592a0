using System.Globalization;
using System.Text;
using System.Text.Json;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>
/// JSON as the side panel's sample calls have it and as recorders and transcribers export it: objects with words, a speaker and times, in
/// an array or deeper; or, as Gong has it, speakers with sentences. Names are looked up by id where the file lists the participants.
/// </summary>
sealed class JsonTranscript
{
    static readonly string[] TextKeys = ["text", "transcript", "sentence", "content", "utterance", "message", "body", "words"];
    static readonly string[] SpeakerKeys =
        ["speaker", "speakername", "speakerid", "participant", "participantid", "role", "author", "user", "userid", "name"];
    static readonly string[] StartKeys = ["start", "starttime", "startoffset", "offset", "begin", "timestamp", "time"];
    static readonly string[] EndKeys = ["end", "endtime", "endoffset", "stop"];
    static readonly string[] IdKeys = ["speakerid", "participantid", "userid", "id"];

    /// <summary>More than any clock shows, in whatever unit, and little enough to compute with.</summary>
    const double MostTime = 1e13;

    static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    readonly List<Utterance> utterances = [];
    readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    readonly HashSet<string> reps = new(StringComparer.OrdinalIgnoreCase);
    readonly string file;
    readonly long[] objectLines;
    int objects;

    JsonTranscript(string file, long[] objectLines) => (this.file, this.objectLines) = (file, objectLines);

    /// <summary>Whether a text that begins with a bracket is meant to be JSON, and not <c>[Ana] 0:03</c>.</summary>
    public static bool Is(string text) => text.TrimStart()[1..].TrimStart() is ['"' or '{' or '[' or '}' or ']' or '/', ..] or "";

    /// <inheritdoc cref="Transcript.Read"/>
    public static Transcript Read(string file, string text)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            using var document = JsonDocument.Parse(bytes, Lenient);
            var reader = new JsonTranscript(file, ObjectLines(bytes));
            reader.Walk(document.RootElement, speaker: null);
            return reader.utterances.Count > 0 ? reader.Transcript(document.RootElement) : throw InputException.At(
                file,
                1 + text.AsSpan().TrimEnd().Count('\n'),
                "No object has words and a speaker, as in { \"speaker\": \"rep\", \"text\": \"Hello.\" }.");
        }
        catch (JsonException error)
        {
            throw InputException.At(file, (error.LineNumber ?? 0) + 1, $"This is no JSON: {error.Message.Split(" LineNumber:")[0]}");
        }
        catch (InvalidOperationException)
        {
            throw InputException.At(file, 1, "A text holds half of a character, written as in \\ud83d.");
        }
    }

    /// <summary>The lines in which objects begin, in the order of <see cref="Walk"/>.</summary>
    static long[] ObjectLines(byte[] bytes)
    {
        var reader = new Utf8JsonReader(
            bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var lines = new List<long>();
        var (line, at) = (1L, 0);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                line += bytes.AsSpan(at, (int)reader.TokenStartIndex - at).Count((byte)'\n');
                at = (int)reader.TokenStartIndex;
                lines.Add(line);
            }
        }

        return [.. lines];
    }

    void Walk(JsonElement element, string? speaker)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item, speaker);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            var line = objectLines[objects++];
            var fields = new Dictionary<string, JsonProperty>(StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                fields[Key(property.Name)] = property;
            }

            var own = Word(fields, SpeakerKeys);
            var text = Word(fields, TextKeys);
            var isUtterance = text is not null
                && ((own ?? speaker) is not null || fields.Keys.Any(key => IsTime(StartKeys, key)))
                && !fields.Any(field => field.Value.Value.ValueKind is JsonValueKind.Array && field.Key != "words");
            if (isUtterance)
            {
                Add(line, own ?? speaker, text!, fields);
            }
            else if (text is null)
            {
                AddParticipant(fields);
            }

            foreach (var property in element.EnumerateObject())
            {
                // An utterance's words are also listed one by one.
                if (isUtterance || Key(property.Name) == "words")
                {
                    objects += Objects(property.Value);
                }
                else
                {
                    Walk(property.Value, own ?? speaker);
                }
            }
        }
    }

    static int Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Sum(Objects),
        JsonValueKind.Object => 1 + element.EnumerateObject().Sum(property => Objects(property.Value)),
        _ => 0,
    };

    void Add(long line, string? speaker, string text, Dictionary<string, JsonProperty> fields)
    {
        var start = MomentOf(line, fields, StartKeys);
        var end = MomentOf(line, fields, EndKeys);
        end ??= MomentOf(line, fields, ["duration"]) is { } length ? new Moment(start?.Value + length.Value ?? 0, length.IsMs) : null;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw InputException.At(file, line, "The text is empty.");
        }

        if (speaker is null)
        {
            throw InputException.At(file, line, "Nobody is named. Add \"speaker\".");
        }

        if (start is { Value: not (>= 0 and <= MostTime) } || end is { Value: not <= MostTime } || end?.Value <= start?.Value)
        {
            throw InputException.At(file, line, "The times are wrong: the start is 0 or more, and the end is after it.");
        }

        utterances.Add(new Utterance(line, speaker, text.Trim(), start, end));
    }

    void AddParticipant(Dictionary<string, JsonProperty> fields)
    {
        if (Word(fields, ["name", "speakername", "fullname"]) is { } name)
        {
            foreach (var id in IdKeys.Select(key => Word(fields, [key])).OfType<string>())
            {
                names[id] = name;
            }

            if (Word(fields, ["affiliation", "side"])?.ToUpperInvariant() is "INTERNAL" or "REP" or "AGENT")
            {
                reps.Add(name);
            }
        }
    }

    Transcript Transcript(JsonElement root)
    {
        var isMs = utterances.Select(said => said.Start?.IsMs).FirstOrDefault(known => known is not null) ?? IsMs();
        long? Ms(Moment? moment) => moment is null ? null : (long)Math.Round(moment.Value * ((moment.IsMs ?? isMs) ? 1 : 1000));
        return new Transcript([.. utterances.Select(said =>
            new SpokenLine(said.Line, names.GetValueOrDefault(said.Speaker, said.Speaker), said.Text, Ms(said.Start), Ms(said.End)))])
        {
            Reps = reps,
            Brief = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("brief", out var brief)
                && brief.ValueKind is JsonValueKind.Object
                ? brief.Deserialize<CallBrief>(JsonSerializerOptions.Web)!
                : CallBrief.Empty,
        };
    }

    /// <summary>
    /// Whether times without a unit are milliseconds: somebody speaks for 60 of them. Seconds are often fractions, milliseconds are not.
    /// </summary>
    bool IsMs()
    {
        var starts = utterances.Select(said => said.Start?.Value).OfType<double>().ToList();
        var between = starts.Count < 2 ? 0 : (starts.Max() - starts.Min()) / (starts.Count - 1);
        double[] lengths = [.. utterances.Select(said => said.End?.Value - said.Start?.Value ?? between).Order()];
        return starts.TrueForAll(start => start % 1 == 0) && lengths[lengths.Length / 2] >= 60;
    }

    Moment? MomentOf(long line, Dictionary<string, JsonProperty> fields, string[] keys)
    {
        var (key, field) = fields.FirstOrDefault(field => IsTime(keys, field.Key));
        if (key is null)
        {
            return null;
        }

        bool? isMs = key.EndsWith("ms", StringComparison.Ordinal) || key.EndsWith("milliseconds", StringComparison.Ordinal) ? true
            : key.EndsWith("seconds", StringComparison.Ordinal) || key.EndsWith("sec", StringComparison.Ordinal) ? false
            : null;
        var text = field.Value.ValueKind is JsonValueKind.String ? field.Value.GetString()! : "";
        return field.Value.ValueKind switch
        {
            JsonValueKind.Number => new Moment(field.Value.GetDouble(), isMs),
            JsonValueKind.String when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => new Moment(number, isMs),
            JsonValueKind.String when TimeStamp.Is(text) => new Moment(TimeStamp.Ms(text), IsMs: true),
            JsonValueKind.String when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) =>
                new Moment(moment.ToUnixTimeMilliseconds(), IsMs: true),
            JsonValueKind.Null => null,
            _ => throw InputException.At(file, line, $"'{field.Name}' is no time."),
        };
    }

    static bool IsTime(string[] keys, string key) => Array.Exists(keys, known =>
        key.StartsWith(known, StringComparison.Ordinal) && key[known.Length..] is "" or "ms" or "milliseconds" or "seconds" or "sec");

    static string? Word(Dictionary<string, JsonProperty> fields, string[] keys) => keys
        .Select(key => fields.TryGetValue(key, out var field) ? Word(field.Value) : null)
        .FirstOrDefault(word => word is not null);

    static string? Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object when value.TryGetProperty("name", out var name) => Word(name),
        _ => null,
    };

    static string Key(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    sealed record Utterance(long Line, string Speaker, string Text, Moment? Start, Moment? End);

    /// <summary>
    /// A time as the file has it; in milliseconds, in seconds, or, where <paramref name="IsMs"/> is null, in one of them.
    /// </summary>
    sealed record Moment(double Value, bool? IsMs);
}
