using System.Security.Cryptography;
using System.Text;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a folder of cards repeatedly. A broken file is reported and its last good version stays; the card of a removed file is removed.
/// Not thread-safe.
/// </summary>
/// <param name="root">
/// The folder. Its cards are the files that end in .md or .markdown, except <c>README.md</c> and what begins with a dot or an underscore.
/// </param>
public sealed class PlaybookFolder(string root)
{
    readonly Dictionary<string, Entry> good = new(StringComparer.Ordinal);
    string seen = "";

    /// <summary>What was wrong when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Errors { get; private set; } = [];

    /// <summary>What was not used although its card is, when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Warnings { get; private set; } = [];

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
        return PlaybookEdition.Create(Cards, [.. good.Values.SelectMany(entry => entry.SmallTalk)]);
    }

    IEnumerable<PlaybookCard> Cards => good.Values.Select(entry => entry.Card).OfType<PlaybookCard>();

    // A missing folder is more likely a mount that failed for a moment than a team that deleted all its cards.
    PlaybookEdition? Missing()
    {
        seen = "";
        Errors =
        [
            new PlaybookError(root, 1, "The folder is gone; the cards last read stay in use. Bring it back, or set Playbook:Folder."),
        ];
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

        if (!Cards.Any() && errors.Count == 0)
        {
            errors.Add(new PlaybookError(
                root, 1, "The folder holds no cards. Add a file such as 'price.md' with a title, '## When they say' and '## Say'."));
        }

        Errors = [.. errors.Where(error => !error.IsWarning)];
        Warnings = [.. errors.Where(error => error.IsWarning), .. SharedExamples()];
    }

    /// <summary>Examples of more than one card, which count for the first of them.</summary>
    IEnumerable<PlaybookError> SharedExamples()
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var cards = good.Where(entry => entry.Value.Card is not null).Select(entry => (File: entry.Key, Card: entry.Value.Card!));
        foreach (var (file, card) in cards.OrderBy(entry => entry.Card.Id, StringComparer.Ordinal))
        {
            foreach (var example in card.Triggers.Where(example => !owners.TryAdd(example, card.Id) && owners[example] != card.Id))
            {
                yield return new PlaybookError(
                    file, 1, $"The example '{example}' is also in the card '{owners[example]}', for which it counts.", IsWarning: true);
            }
        }
    }

    Entry? Understand(Page page, List<PlaybookError> errors)
    {
        if (page.Problem is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        if (Path.GetFileName(page.File).Equals(PlaybookReader.SmallTalk, StringComparison.OrdinalIgnoreCase))
        {
            return PlaybookReader.ReadSmallTalk(page.File, page.Text, errors) is { } lines ? new Entry(null, lines) : null;
        }

        if (PlaybookReader.ReadCard(page.File, page.Text, errors) is not { } card)
        {
            return null;
        }

        if (good.FirstOrDefault(entry => entry.Key != page.File && entry.Value.Card?.Id == card.Id).Key is { } other)
        {
            errors.Add(new PlaybookError(page.File, 1, $"The id '{card.Id}' is taken by {other}. Rename one of the two files."));
            good.Remove(page.File);
            return null;
        }

        return new Entry(card, []);
    }

    IEnumerable<string> Files() =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".md" or ".markdown")
            .Where(file => !file.Split('/').Any(part => part[0] is '.' or '_'))
            .Where(file => !Path.GetFileNameWithoutExtension(file).Equals("README", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    Page Read(string file)
    {
        try
        {
            return new Page(file, TextFile.Read(Path.Combine(root, file)));
        }
        catch (TextFormatException error)
        {
            return new Page(file, "", new PlaybookError(file, error.Line, error.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Page(file, "", new PlaybookError(
                file, 1, "The file cannot be read. Close the program that holds it, or allow the worker to read it."));
        }
    }

    static string Hash(List<Page> pages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var page in pages)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{page.File}\0{page.Problem}\0{page.Text.Length}\0{page.Text}"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    sealed record Page(string File, string Text, PlaybookError? Problem = null);

    sealed record Entry(PlaybookCard? Card, IReadOnlyList<string> SmallTalk);
}
