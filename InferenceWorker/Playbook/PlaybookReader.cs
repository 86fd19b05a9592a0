using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a playbook's Markdown. A card is a title (<c># Price is too high</c>) and the sections <c>## When they say</c> (a list), <c>## Say</c>, and,
/// where wanted, <c>## Fact</c> and <c>## Source</c>. The file named <see cref="SmallTalk"/> has a list only: what no card answers.
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
    /// <param name="text">Its content.</param>
    /// <param name="errors">Takes what is wrong with it.</param>
    /// <returns>The card; null when anything is wrong.</returns>
    public static PlaybookCard? ReadCard(string file, string text, ICollection<PlaybookError> errors)
    {
        var page = MarkdownPage.Read(text, [WhenTheySay, Say, Fact, Source]);
        var id = Path.GetFileNameWithoutExtension(file).ToLowerInvariant();
        var problems = new List<(int Line, string Message)>(page.Problems);
        if (!IdPattern().IsMatch(id))
        {
            problems.Add((1, $"'{id}' is no card id. Name the file with small letters, digits and hyphens, as in 'price-too-high.md'."));
        }

        var triggers = Triggers(page, problems);
        var say = Text(page, Say, problems);
        if (say is null)
        {
            problems.Add((page.LineOf(Say), "The card says nothing. Add '## Say' with one or two sentences."));
        }
        else if (say.Split(' ').Length is > MostWords and var words)
        {
            problems.Add((page.LineOf(Say), $"{words} words are too many to say in the moment. Keep to 40, at most {MostWords}."));
        }

        var fact = Text(page, Fact, problems);
        var source = Text(page, Source, problems);
        if (page.Title is { } title && CardText.Check(title) is { } wrong)
        {
            problems.Add((page.TitleLine, wrong));
        }

        return Report(file, problems, errors) ? null : new PlaybookCard(id, page.Title!, triggers, say!, fact, source);
    }

    /// <summary>Reads the lines that trigger nothing.</summary>
    /// <param name="file">The file, relative to the playbook's folder.</param>
    /// <param name="text">Its content.</param>
    /// <param name="errors">Takes what is wrong with it.</param>
    /// <returns>The lines; null when anything is wrong.</returns>
    public static IReadOnlyList<string>? ReadSmallTalk(string file, string text, ICollection<PlaybookError> errors)
    {
        var page = MarkdownPage.Read(text, [WhenTheySay]);
        var problems = new List<(int Line, string Message)>(page.Problems);
        var lines = Triggers(page, problems);
        return Report(file, problems, errors) ? null : lines;
    }

    static List<string> Triggers(MarkdownPage page, List<(int Line, string Message)> problems)
    {
        var triggers = new List<string>();
        foreach (var (line, text) in page.Lines(WhenTheySay))
        {
            if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal))
            {
                triggers.Add(text[2..].Trim());
            }
            else
            {
                problems.Add((line, "Each example under '## When they say' is a line of its own that starts with '- '."));
            }
        }

        if (triggers.Distinct(StringComparer.OrdinalIgnoreCase).Count() < FewestTriggers)
        {
            problems.Add((page.LineOf(WhenTheySay), $"Too few examples. Put at least {FewestTriggers} different ones under '## When they say'; 8 to 15 work best."));
        }

        return triggers;
    }

    static string? Text(MarkdownPage page, string section, List<(int Line, string Message)> problems)
    {
        var lines = page.Lines(section);
        foreach (var (line, text) in lines)
        {
            if (CardText.Check(text) is { } wrong)
            {
                problems.Add((line, wrong));
            }
        }

        return lines.Count == 0 ? null : string.Join(' ', lines.Select(line => line.Text));
    }

    static bool Report(string file, List<(int Line, string Message)> problems, ICollection<PlaybookError> errors)
    {
        foreach (var (line, message) in problems.OrderBy(problem => problem.Line))
        {
            errors.Add(new PlaybookError(file, line, message));
        }

        return problems.Count > 0;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
