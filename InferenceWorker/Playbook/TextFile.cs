using System.Text;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Decodes text files: UTF-8, or UTF-16 and UTF-32 with a byte order mark. Without a mark, one 8-bit encoding cannot be told from another,
/// so bytes that are not UTF-8 are an error and never guessed.
/// </summary>
public static class TextFile
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    // UTF-32 comes first: its little-endian mark begins with that of UTF-16.
    static readonly Encoding[] Marked =
    [
        Utf8, new UTF32Encoding(false, true, true), new UTF32Encoding(true, true, true), new UnicodeEncoding(false, true, true),
        new UnicodeEncoding(true, true, true),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="unmarked">The encoding of a file without a byte order mark; null for UTF-8.</param>
    /// <exception cref="TextFormatException">The bytes are no text in this encoding.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Read(string file, Encoding? unmarked = null) => Decode(File.ReadAllBytes(file), unmarked);

    /// <summary>Decodes the content of a file.</summary>
    /// <inheritdoc cref="Read"/>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding? unmarked = null)
    {
        var encoding = unmarked ?? Utf8;
        foreach (var marked in Marked)
        {
            if (bytes.StartsWith(marked.Preamble))
            {
                encoding = marked;
                bytes = bytes[marked.Preamble.Length..];
                break;
            }
        }

        try
        {
            var text = encoding.GetString(bytes);
            return !text.Contains('\0', StringComparison.Ordinal) ? text : throw new TextFormatException(
                LineOf(text, '\0'), "The file is no text, or UTF-16 without a byte order mark. Save it as UTF-8.");
        }
        catch (DecoderFallbackException)
        {
            var lenient = (Encoding)encoding.Clone();
            lenient.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
            throw new TextFormatException(
                LineOf(lenient.GetString(bytes), '\uFFFD'),
                $"The file holds bytes that are not {encoding.WebName.ToUpperInvariant()}. Save it as UTF-8.");
        }
    }

    static int LineOf(string text, char character) => 1 + text.AsSpan(0, text.IndexOf(character, StringComparison.Ordinal)).Count('\n');
}
