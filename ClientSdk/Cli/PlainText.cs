using System.Globalization;
using System.Text;

namespace Teleprompter.Cli;

/// <summary>
/// Makes text safe for a terminal: characters that could move the cursor, change colours or turn the writing direction are replaced by
/// U+FFFD.
/// </summary>
static class PlainText
{
    const char Replacement = '\uFFFD';

    /// <summary>One line without control characters.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            plain.Append(character switch
            {
                '\n' or '\r' or '\t' => ' ',
                _ when char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator || IsDirection(character) => Replacement,
                _ => character,
            });
        }

        return plain.ToString();
    }

    static bool IsDirection(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
