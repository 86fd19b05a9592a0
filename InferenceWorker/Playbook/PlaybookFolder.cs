namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a folder of cards repeatedly. A broken file is reported and its last good version stays; the card of a removed file is removed.
/// Not thread-safe.
/// </summary>
/// <param name="root">The folder; <see cref="MarkdownFolder"/> says which of its files are cards.</param>
public sealed class PlaybookFolder(string root)
{
    readonly Dictionary<string, Entry> good = new(StringComparer.Ordinal);
    readonly MarkdownFolder folder = new(root);

    /// <summary>What was wrong when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Errors { get; private set; } = [];

    /// <summary>What was not used although its card is, when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Warnings { get; private set; } = [];

    /// <summary>Reads the folder.</summary>
    /// <returns>The new edition; null when nothing changed since the last scan.</returns>
    public PlaybookEdition? Scan()
    {
        if (folder.Read(out var missing) is not { } files)
        {
            return missing ? Missing() : null;
        }

        Keep(files);
        return PlaybookEdition.Create(Cards, [.. good.Values.SelectMany(entry => entry.SmallTalk)]);
    }

    IEnumerable<PlaybookCard> Cards => good.Values.Select(entry => entry.Card).OfType<PlaybookCard>();

    // A missing folder is more likely a mount that failed for a moment than a team that deleted all its cards.
    PlaybookEdition? Missing()
    {
        Errors =
        [
            new PlaybookError(root, 1, "The folder is gone; the cards last read stay in use. Bring it back, or set Playbook:Folder."),
        ];
        return null;
    }

    void Keep(IReadOnlyList<MarkdownFile> pages)
    {
        var errors = new List<PlaybookError>();
        foreach (var gone in good.Keys.Except(pages.Select(page => page.Name), StringComparer.Ordinal).ToList())
        {
            good.Remove(gone);
        }

        foreach (var page in pages)
        {
            if (Understand(page, errors) is { } entry)
            {
                good[page.Name] = entry;
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

    Entry? Understand(MarkdownFile page, List<PlaybookError> errors)
    {
        if (page.Problem is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        if (Path.GetFileName(page.Name).Equals(PlaybookReader.SmallTalk, StringComparison.OrdinalIgnoreCase))
        {
            return PlaybookReader.ReadSmallTalk(page.Name, page.Text, errors) is { } lines ? new Entry(null, lines) : null;
        }

        if (PlaybookReader.ReadCard(page.Name, page.Text, errors) is not { } card)
        {
            return null;
        }

        if (good.FirstOrDefault(entry => entry.Key != page.Name && entry.Value.Card?.Id == card.Id).Key is { } other)
        {
            errors.Add(new PlaybookError(page.Name, 1, $"The id '{card.Id}' is taken by {other}. Rename one of the two files."));
            good.Remove(page.Name);
            return null;
        }

        return new Entry(card, []);
    }

    sealed record Entry(PlaybookCard? Card, IReadOnlyList<string> SmallTalk);
}
