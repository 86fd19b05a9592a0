using System.Security.Cryptography;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a folder of cards again and again. A broken file is reported and its last good version stays; a removed file takes its card along.
/// Not thread-safe: one caller at a time.
/// </summary>
/// <param name="root">The folder. Files and folders below it whose names begin with a dot or an underscore, and <c>README.md</c>, are left alone.</param>
public sealed class PlaybookFolder(string root)
{
    readonly Dictionary<string, Entry> good = new(StringComparer.Ordinal);
    string seen = "";

    /// <summary>What was wrong when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Errors { get; private set; } = [];

    /// <summary>Reads the folder.</summary>
    /// <returns>The new edition; null when nothing changed since the last scan.</returns>
    public PlaybookEdition? Scan()
    {
        if (!Directory.Exists(root))
        {
            return Missing();
        }

        var files = Files().Select(Read).ToList();
        var content = Hash(files);
        if (string.Equals(content, seen, StringComparison.Ordinal))
        {
            return null;
        }

        seen = content;
        Keep(files);
        return PlaybookEdition.Create(good.Values.Select(entry => entry.Card).OfType<PlaybookCard>(), [.. good.Values.SelectMany(entry => entry.SmallTalk)]);
    }

    // A folder that is gone is more likely a mount that blinked than a team that threw all its cards away.
    PlaybookEdition? Missing()
    {
        seen = "";
        Errors = [new PlaybookError(root, 1, "The folder is gone; the cards last read stay in use. Bring it back, or set Playbook:Folder.")];
        return null;
    }

    void Keep(List<Page> pages)
    {
        var errors = new List<PlaybookError>();
        foreach (var gone in good.Keys.Except(pages.Select(page => page.File), StringComparer.Ordinal).ToList())
        {
            good.Remove(gone);
        }

        foreach (var page in pages)
        {
            if (Understand(page, errors) is { } entry)
            {
                good[page.File] = entry;
            }
        }

        if (!good.Values.Any(entry => entry.Card is not null) && errors.Count == 0)
        {
            errors.Add(new PlaybookError(root, 1, "The folder holds no cards. Add a file such as 'price-too-high.md' with a title, '## When they say' and '## Say'."));
        }

        Errors = errors;
    }

    Entry? Understand(Page page, List<PlaybookError> errors)
    {
        if (page.Text is null)
        {
            errors.Add(new PlaybookError(page.File, 1, "The file cannot be read. Close the program that holds it, or allow the worker to read it."));
            return null;
        }

        if (string.Equals(Path.GetFileName(page.File), PlaybookReader.SmallTalk, StringComparison.OrdinalIgnoreCase))
        {
            return PlaybookReader.ReadSmallTalk(page.File, page.Text, errors) is { } lines ? new Entry(null, lines) : null;
        }

        if (PlaybookReader.ReadCard(page.File, page.Text, errors) is not { } card)
        {
            return null;
        }

        if (good.FirstOrDefault(entry => !string.Equals(entry.Key, page.File, StringComparison.Ordinal) && string.Equals(entry.Value.Card?.Id, card.Id, StringComparison.Ordinal)).Key is { } other)
        {
            errors.Add(new PlaybookError(page.File, 1, $"The id '{card.Id}' is taken by {other}. Rename one of the two files."));
            good.Remove(page.File);
            return null;
        }

        return new Entry(card, []);
    }

    IEnumerable<string> Files() =>
        Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part[0] is '.' or '_') && !string.Equals(Path.GetFileName(file), "README.md", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    Page Read(string file)
    {
        try
        {
            return new Page(file, File.ReadAllText(Path.Combine(root, file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Page(file, null);
        }
    }

    static string Hash(List<Page> pages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var page in pages)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{page.File}\0{page.Text?.Length ?? -1}\0{page.Text}"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    sealed record Page(string File, string? Text);

    sealed record Entry(PlaybookCard? Card, IReadOnlyList<string> SmallTalk);
}
