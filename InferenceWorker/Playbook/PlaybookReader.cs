using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a playbook's Markdown. A card is a title (<c># Price is too high</c>) and the sections <c>## When they say</c> (a list),
/// <c>## Say</c>, and optionally <c>## Fact</c> and <c>## Source</c>. The file <see cref="SmallTalk"/> lists what no card answers.
/// </summary>
public static partial class PlaybookReader
{
    /// <summary>The file of lines that trigger nothing.</summary>
    public const string SmallTalk = "small-talk.md";

    /// <summary>Below this many trigger examples a card cannot be told from others.</summary>
    public const int FewestTriggers = 3;

    /// <summary>More words than this cannot be read and said in the moment; 40 or fewer read best.</summary>
    public const int MostWords = 60;

    const string WhenTheySay = "when they say";
    const string Say = "say";
    const string Fact = "fact";
    const string Source = "source";

    /// <summary>Reads one card, whose id is its file's name.</summary>
    /// <param name="file">The file, relative to the playbook's folder.</param>
    /// <param name="errors">Receives what is wrong with it.</param>
    /// <returns>The card; null when anything but a warning is wrong.</returns>
    public static PlaybookCard? ReadCard(string file, string text, ICollection<PlaybookError> errors)
    {
        var page = MarkdownPage.Read(file, text, [WhenTheySay, Say, Fact, Source]);
        var id = Path.GetFileNameWithoutExtension(file).ToLowerInvariant();
        if (!IdPattern().IsMatch(id))
        {
            page.Report(1, $"'{id}' is no card id. Name the file with small letters, digits and hyphens, as in 'price-too-high.md'.");
        }

        var triggers = Triggers(page);
        var say = Text(page, Say);
        if (say is null)
        {
            page.Report(page.LineOf(Say), "The card says nothing. Add '## Say' with one or two sentences.");
        }
        else if (say.Split(' ').Length is > MostWords and var words)
        {
            page.Report(page.LineOf(Say), $"{words} words are too many to say in the moment. Keep to 40, at most {MostWords}.");
        }

        var fact = Text(page, Fact);
        var source = Text(page, Source);
        if (CardText.Check(page.Title) is { } wrong)
        {
            page.Report(page.TitleLine, wrong);
        }

        return IsGood(page, errors) ? new PlaybookCard(id, page.Title, triggers, say!, fact, source) : null;
    }

    /// <summary>Reads the lines that trigger nothing.</summary>
    /// <returns>The lines; null when anything but a warning is wrong.</returns>
    /// <inheritdoc cref="ReadCard"/>
    public static IReadOnlyList<string>? ReadSmallTalk(string file, string text, ICollection<PlaybookError> errors)
    {
        var page = MarkdownPage.Read(file, text, [WhenTheySay]);
        var lines = Triggers(page);
        return IsGood(page, errors) ? lines : null;
    }

    static List<string> Triggers(MarkdownPage page)
    {
        foreach (var paragraph in page.Texts(WhenTheySay).Where(text => !text.IsItem))
        {
            page.Report(paragraph.Line, "Each example under '## When they say' is a line of its own that starts with '- '.");
        }

        var triggers = page.Texts(WhenTheySay).Where(text => text.IsItem).Select(text => text.Text).ToList();
        if (triggers.Distinct(StringComparer.OrdinalIgnoreCase).Count() < FewestTriggers)
        {
            page.Report(
                page.LineOf(WhenTheySay),
                $"Too few examples. Put at least {FewestTriggers} different ones under '## When they say'; 24 work best.");
        }

        return triggers;
    }

    static string? Text(MarkdownPage page, string section)
    {
        var texts = page.Texts(section);
        foreach (var text in texts)
        {
            if (CardText.Check(text.Text) is { } wrong)
            {
                var line = Array.FindIndex(text.Lines, line => CardText.Check(line) is not null);
                page.Report(text.Line + Math.Max(0, line), wrong);
            }
        }

        return texts.Count == 0 ? null : string.Join(' ', texts.Select(text => text.Text));
    }

    static bool IsGood(MarkdownPage page, ICollection<PlaybookError> errors)
    {
        foreach (var problem in page.Problems.OrderBy(problem => problem.Line))
        {
            errors.Add(problem);
        }

        return page.Problems.All(problem => problem.IsWarning);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex IdPattern();
}
