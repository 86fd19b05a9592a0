using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// A playbook file: one title (level 1), sections of known names (level 2), and their paragraphs and list items as plain text. Front
/// matter, comments, and what comes before the first section are the author's notes.
/// </summary>
sealed partial class MarkdownPage
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    readonly Dictionary<string, List<MarkdownText>> sections = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, int> headings = new(StringComparer.OrdinalIgnoreCase);
    readonly List<PlaybookError> problems = [];
    readonly string file;

    MarkdownPage(string file) => this.file = file;

    /// <summary>The title; empty when there is none, which is a problem.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The title's line, counted from 1.</summary>
    public int TitleLine { get; private set; } = 1;

    /// <summary>What is wrong with the page.</summary>
    public IReadOnlyList<PlaybookError> Problems => problems;

    /// <summary>Reads a page that may have the sections named in <paramref name="known"/>.</summary>
    public static MarkdownPage Read(string file, string text, string[] known)
    {
        var page = new MarkdownPage(file);
        List<MarkdownText>? section = null;
        // Bullets that word processors write, and headings without a space, are no Markdown but clearly meant.
        var markdown = GluedHeading().Replace(Bullet().Replace(text.TrimStart('\uFEFF'), "${indent}- "), "${marks} ");
        foreach (var block in Markdown.Parse(markdown, Pipeline))
        {
            switch (block)
            {
                case HeadingBlock { Level: 1 } title:
                    page.Entitle(Line(title), Plain(title));
                    break;
                case HeadingBlock heading:
                    section = page.Open(Line(heading), Plain(heading), known);
                    break;
                case not (YamlFrontMatterBlock or LinkReferenceDefinitionGroup or ThematicBreakBlock) when section is not null:
                    page.Add(block, section, isItem: false);
                    break;
            }
        }

        if (page.Title.Length == 0)
        {
            page.Report(1, "The page has no title. Start it with '# ' and a few words.");
        }

        return page;
    }

    /// <summary>The paragraphs and list items of a section.</summary>
    public IReadOnlyList<MarkdownText> Texts(string section) => sections.GetValueOrDefault(section) ?? [];

    /// <summary>The line of a section's heading; the title's when it has none.</summary>
    public int LineOf(string section) => headings.GetValueOrDefault(section, TitleLine);

    /// <summary>Adds a problem.</summary>
    public void Report(int line, string message, bool isWarning = false) => problems.Add(new PlaybookError(file, line, message, isWarning));

    void Add(Block block, List<MarkdownText> section, bool isItem)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when Plain(paragraph).Split('\n') is var lines:
                section.Add(new MarkdownText(Line(paragraph), lines, isItem));
                break;
            case ListBlock or ListItemBlock or QuoteBlock:
                foreach (var inner in (ContainerBlock)block)
                {
                    Add(inner, section, isItem || block is ListItemBlock);
                }

                break;
            case not HtmlBlock { Type: HtmlBlockType.Comment }:
                Report(Line(block), "This is neither a paragraph nor a list, and is not used.", isWarning: true);
                break;
        }
    }

    void Entitle(int line, string title)
    {
        if (Title.Length > 0 || title.Length == 0)
        {
            Report(line, "A page has one title, '# ' and a few words. Use '## ' for a section.");
            return;
        }

        (Title, TitleLine) = (title, line);
    }

    List<MarkdownText>? Open(int line, string heading, string[] known)
    {
        // An emoji or a colon is no part of the name.
        var name = string.Join(' ', Word().Matches(heading).Select(word => word.Value));
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            var names = known.Select(section => $"'## {char.ToUpperInvariant(section[0])}{section[1..]}'");
            Report(line, $"There is no section '{heading}'. Use {string.Join(", ", names)}.");
            return null;
        }

        if (!headings.TryAdd(name, line))
        {
            Report(line, $"The section '{name}' is there twice. Put both parts under one heading.");
        }

        return sections.TryGetValue(name, out var texts) ? texts : sections[name] = [];
    }

    static int Line(Block block) => block.Line + 1;

    /// <summary>The words of a block, without markup.</summary>
    internal static string Plain(LeafBlock block)
    {
        var text = new StringBuilder();
        Append(text, block.Inline!);
        return Reference().Replace(text.ToString(), "").Trim();
    }

    static void Append(StringBuilder text, ContainerInline inlines)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline address:
                    text.Append(address.Url);
                    break;
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case LinkInline { IsImage: true }:
                    break;
                case LinkInline { Reference: not null, FirstChild: LiteralInline label }
                    when label.Content.AsSpan().Trim("0123456789").IsEmpty:
                    text.Append('[').Append(label.Content.AsSpan()).Append(']');
                    break;
                case LinkInline link:
                    Append(text, link);
                    text.Append(link.Url is { Length: > 0 } url ? $" ({url})" : "");
                    break;
                case ContainerInline container:
                    Append(text, container);
                    break;
            }
        }
    }

    [GeneratedRegex(
        @"^(?<indent>[ \t]*)[•‣◦▪●–—·][ \t]+", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Bullet();

    [GeneratedRegex(
        @"^(?<marks>#{1,6})(?=[^#\s])", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex GluedHeading();

    /// <summary>A numbered reference such as [1].</summary>
    [GeneratedRegex(@" ?\[\^?\d+\]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\p{L}+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
