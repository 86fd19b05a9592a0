namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a folder of notes repeatedly. A file that cannot be read is reported and its last passages stay; those of a removed file go. Not
/// thread-safe.
/// </summary>
/// <param name="root">The folder; <see cref="MarkdownFolder"/> says which of its files are notes.</param>
sealed class NotesFolder(string root)
{
    readonly Dictionary<string, IReadOnlyList<NotePassage>> pages = new(StringComparer.Ordinal);
    readonly MarkdownFolder folder = new(root);

    /// <summary>What was wrong when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Errors { get; private set; } = [];

    /// <summary>Reads the folder.</summary>
    /// <returns>All passages; null when nothing changed since the last scan.</returns>
    public IReadOnlyList<NotePassage>? Scan()
    {
        if (folder.Read(out var missing) is not { } files)
        {
            Errors = missing
                ? [new(root, 1, "The folder of notes is gone; what was last read stays in use. Bring it back, or set Playbook:Notes.")]
                : Errors;
            return null;
        }

        pages.Keys.Except(files.Select(file => file.Name), StringComparer.Ordinal).ToList().ForEach(gone => pages.Remove(gone));
        foreach (var file in files.Where(file => file.Problem is null))
        {
            pages[file.Name] = NoteReader.Read(file.Name, file.Text);
        }

        Errors = [.. files.Select(file => file.Problem).OfType<PlaybookError>()];
        return [.. pages.OrderBy(page => page.Key, StringComparer.Ordinal).SelectMany(page => page.Value)];
    }
}
