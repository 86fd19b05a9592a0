namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>The little of Markdown that a playbook file is made of: one <c># title</c>, <c>## sections</c> of known names, and their lines.</summary>
sealed class MarkdownPage
{
    readonly Dictionary<string, List<(int Line, string Text)>> sections = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, int> headings = new(StringComparer.OrdinalIgnoreCase);
    readonly List<(int Line, string Message)> problems = [];

    /// <summary>What follows <c># </c>; null when there is none, which is a problem.</summary>
    public string? Title { get; private set; }

    /// <summary>The title's line, counted from 1.</summary>
    public int TitleLine { get; private set; } = 1;

    /// <summary>What is wrong with the page's shape.</summary>
    public IReadOnlyList<(int Line, string Message)> Problems => problems;

    /// <summary>Reads a page that may have the sections named in <paramref name="known"/>.</summary>
    public static MarkdownPage Read(string text, string[] known)
    {
        var page = new MarkdownPage();
        List<(int Line, string Text)>? section = null;
        var number = 0;
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            var words = line.Trim();
            if (words.StartsWith("##"))
            {
                section = page.Open(number, words.TrimStart('#').Trim().ToString(), known);
            }
            else if (words.StartsWith("#"))
            {
                page.Entitle(number, words.TrimStart('#').Trim().ToString());
            }
            else if (!words.IsEmpty)
            {
                // Words between title and first section are the author's note.
                section?.Add((number, words.ToString()));
            }
        }

        if (page.Title is null)
        {
            page.problems.Add((1, "The page has no title. Start it with '# ' and a few words."));
        }

        return page;
    }

    /// <summary>The lines of a section that are not blank.</summary>
    public IReadOnlyList<(int Line, string Text)> Lines(string section) => sections.GetValueOrDefault(section) ?? [];

    /// <summary>The line of a section's heading; the title's when it has none.</summary>
    public int LineOf(string section) => headings.GetValueOrDefault(section, TitleLine);

    void Entitle(int line, string title)
    {
        if (Title is not null || title.Length == 0)
        {
            problems.Add((line, "A page has one title, '# ' and a few words. Use '## ' for a section."));
            return;
        }

        (Title, TitleLine) = (title, line);
    }

    List<(int Line, string Text)> Open(int line, string name, string[] known)
    {
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add((line, $"There is no section '{name}'. Use {string.Join(", ", known.Select(section => $"'## {char.ToUpperInvariant(section[0])}{section[1..]}'"))}."));
            return [];
        }

        if (!headings.TryAdd(name, line))
        {
            problems.Add((line, $"The section '{name}' is there twice. Put both parts under one heading."));
        }

        return sections.TryGetValue(name, out var lines) ? lines : sections[name] = [];
    }
}
