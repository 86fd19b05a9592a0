using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>
/// Words of a call as data in a prompt: one line that can neither close the tag around it, nor open another, nor pass for another speaker's
/// line. What is said inside stays as it is; that it is no instruction, the system message says.
/// </summary>
static partial class PromptData
{
    /// <summary>Puts data between tags, each on its own line.</summary>
    /// <returns>The section; empty when the body is.</returns>
    public static string Section(string tag, string body) => body.Length == 0 ? "" : $"<{tag}>\n{body}\n</{tag}>\n";

    /// <summary>What a section's tags cost.</summary>
    public static int SectionTokens(string tag) => TokenEstimate.Of($"<{tag}>\n\n</{tag}>\n") + 1;

    /// <summary>Makes text safe to stand in a section.</summary>
    /// <returns>One line, possibly empty.</returns>
    public static string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // Most lines hold nothing to replace, and a prompt has many of them.
        var visible = IsPlain(text) ? text : Visible(text);
        var plain = visible.AsSpan().ContainsAny('<', '[') ? Markup().Replace(visible, "") : visible;
        return (plain.AsSpan().ContainsAny(':', '：') ? RoleTag().Replace(plain, "${role}") : plain).Trim();
    }

    static bool IsPlain(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal);

    // Invisible characters can hide a tag or a whole message from the rep's eyes; the two joiners are part of how some languages are
    // written.
    static string Visible(string text)
    {
        var clean = new StringBuilder(text.Length);
        Span<char> pair = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format || rune.Value is 0x200C or 0x200D)
            {
                clean.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
        }

        return clean.ToString();
    }

    // "under <10 %" keeps its sign: without it, it would say something else.
    [GeneratedRegex(
        @"<(?!\s*=?\s*[\d$€£])|\[/?INST\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Markup();

    [GeneratedRegex(
        @"\b(?<role>rep|customer|system|assistant|user|human|developer|tool|model|ai)( ?[:：])+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RoleTag();
}
