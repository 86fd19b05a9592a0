using System.Text;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Puts JSON that is spread over lines together, reading each character once.</summary>
sealed class JsonLines
{
    const int LongestValue = 1 << 20;

    readonly StringBuilder value = new();
    int depth;
    bool inString;
    bool escaped;
    bool isEvent;

    /// <summary>A value has begun and not ended.</summary>
    public bool Open => value.Length > 0;

    /// <summary>Adds a line.</summary>
    /// <param name="ofEvent">It belongs to an event, whose end is the value's.</param>
    /// <returns>The value, if the line completes it.</returns>
    /// <exception cref="InvalidDataException">The value is longer than a million characters.</exception>
    public string? Append(string line, bool ofEvent)
    {
        isEvent = ofEvent;
        foreach (var c in line)
        {
            if (inString)
            {
                inString = escaped || c != '"';
                escaped = !escaped && c == '\\';
            }
            else
            {
                inString = c == '"';
                depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            }
        }

        if (depth <= 0 && !Open)
        {
            (depth, inString, escaped) = (0, false, false);
            return line;
        }

        value.Append(line).Append('\n');
        if (value.Length > LongestValue)
        {
            throw new InvalidDataException("A chunk of the answer is longer than a million characters.");
        }

        return depth <= 0 ? Close() : null;
    }

    /// <summary>Refuses an event that ends within a value.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public void ThrowIfOpen(bool eventEnds)
    {
        if (eventEnds && isEvent && Open)
        {
            throw new InvalidDataException("An event of the answer ends within its JSON.");
        }
    }

    string Close()
    {
        var whole = value.ToString();
        value.Clear();
        (depth, inString, escaped) = (0, false, false);
        return whole;
    }
}
