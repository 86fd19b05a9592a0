using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Reads what a server sent, whatever form it has.</summary>
static class LenientJson
{
    /// <summary>A member; undefined where there is none.</summary>
    public static JsonElement Member(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;
        }
        catch (InvalidOperationException)
        {
            // Another name of the object holds half a character.
            return default;
        }
    }

    /// <summary>A text, though it may hold half a character, which no valid text does.</summary>
    public static string StringOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescaped(element.GetRawText().AsSpan()[1..^1]);
        }
    }

    static string Unescaped(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
            }
            else if (raw[++i] == 'u' && i + 4 < raw.Length
                && ushort.TryParse(raw.Slice(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return text.ToString();
    }
}
