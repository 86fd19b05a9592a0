using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>What was said, as a section of a prompt.</summary>
static class Transcript
{
    // Fewer words than this tell nothing.
    const int LeastOfALine = 8;

    /// <summary>The newest lines that fit, oldest first, each under its speaker; of the oldest one perhaps only its end.</summary>
    /// <param name="lines">What was said, oldest first.</param>
    /// <param name="budget">Tokens it may cost, tags included.</param>
    /// <returns>The section; empty when nothing was said or nothing fits.</returns>
    public static string Section(IEnumerable<SpokenLine> lines, int budget)
    {
        var left = budget - PromptData.SectionTokens("transcript");
        var kept = new Stack<(string Tag, string Text)>();
        foreach (var line in lines.Reverse())
        {
            var tag = Tag(line.Speaker);
            var text = PromptData.Clean(line.Text);
            left -= TokenEstimate.Of(tag) + 1;
            if (left < LeastOfALine && TokenEstimate.Of(text) > left)
            {
                break;
            }

            var part = TokenCut.Tail(text, left);
            if (part.Length > 0)
            {
                left -= TokenEstimate.Of(part);
                kept.Push(kept.TryPeek(out var next) && next.Tag == tag ? (tag, $"{part} {kept.Pop().Text}") : (tag, part));
            }

            if (part.Length < text.Length)
            {
                break;
            }
        }

        return PromptData.Section("transcript", string.Join('\n', kept.Select(line => line.Tag + line.Text)));
    }

    /// <summary>One speaker's lines of a section. A line begins with its speaker, and words cannot pass for another's line.</summary>
    public static string WordsOf(string section, Speaker speaker) =>
        string.Join('\n', section.Split('\n').Where(line => line.StartsWith(Tag(speaker), StringComparison.Ordinal)));

    static string Tag(Speaker speaker) => speaker == Speaker.Rep ? "rep: " : "customer: ";
}
