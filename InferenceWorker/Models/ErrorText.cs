using System.Text;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Makes a server's error fit for a log: neither words of the call nor keys, on one line.</summary>
static partial class ErrorText
{
    const int Longest = 300;

    // So many words in a row of a message and of a prompt are no coincidence.
    const int Run = 3;

    /// <param name="asked">What was asked, which the server may repeat.</param>
    /// <param name="key">The key, which it may repeat as well.</param>
    /// <returns>The message with an ellipsis for whatever comes from the prompt or may be a key.</returns>
    public static string ForLog(string message, IEnumerable<string> asked, string? key)
    {
        var text = message.Length > Longest * 4 ? message[..(Longest * 4)] : message;
        text = Key().Replace(string.IsNullOrWhiteSpace(key) ? text : text.Replace(key, "…", StringComparison.Ordinal), "…");
        var known = $" {string.Join(' ', asked.Select(Plain))} ";
        var words = Word().Matches(text);
        var secret = new bool[text.Length];
        for (var i = 0; i < words.Count; i++)
        {
            for (var n = Run; n > 0; n--)
            {
                // A run of words, or a single word that is quoted.
                var last = Math.Min(i + n, words.Count) - 1;
                var (start, end) = (words[i].Index, words[last].Index + words[last].Length);
                if ((last == i + Run - 1 || IsQuoted(text, start, end)) && Repeats(known, text[start..end]))
                {
                    secret.AsSpan(start, end - start).Fill(true);
                }
            }
        }

        var safe = new StringBuilder();
        for (var i = 0; i < text.Length && safe.Length < Longest; i++)
        {
            if (!secret[i])
            {
                safe.Append(char.IsControl(text[i]) ? ' ' : text[i]);
            }
            else if (i == 0 || !secret[i - 1])
            {
                safe.Append('…');
            }
        }

        return safe.ToString().Trim();
    }

    static bool Repeats(string known, string words) => known.Contains($" {Plain(words)} ", StringComparison.Ordinal);

    static bool IsQuoted(string text, int start, int end) =>
        start > 0 && end < text.Length && "\"'`“„«".Contains(text[start - 1], StringComparison.Ordinal)
            && "\"'`”“»".Contains(text[end], StringComparison.Ordinal);

    static string Plain(string text) => string.Join(' ', Word().Matches(text).Select(word => word.Value.ToUpperInvariant()));

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\b(sk|pk|rk|gsk|xai|key)[-_][\w*.-]+|\bBearer\s+\S+|[\w-]*\*{3,}[\w-]*|\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{24,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Key();
}
