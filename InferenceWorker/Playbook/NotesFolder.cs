namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a folder of notes repeatedly: every Markdown file below it, except what begins with a dot or an underscore. A file that cannot be
/// read is reported and its last passages stay; those of a removed file go. Not thread-safe.
/// </summary>
/// <param name="root">The folder.</param>
sealed class NotesFolder(string root)
{
    readonly Dictionary<string, (DateTime Written, long Length, IReadOnlyList<NotePassage> Passages)> pages = new(StringComparer.Ordinal);

    /// <summary>What was wrong when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Errors { get; private set; } = [];

    /// <summary>Reads what has changed.</summary>
    /// <returns>All passages; null when nothing changed since the last scan.</returns>
    public IReadOnlyList<NotePassage>? Scan()
    {
        if (!Directory.Exists(root))
        {
            Errors = [new PlaybookError(root, 1, "The folder of notes is gone; what was last read stays in use. Set Playbook:Notes.")];
            return null;
        }

        var errors = new List<PlaybookError>();
        var files = Files().ToDictionary(file => Path.GetRelativePath(root, file.FullName).Replace('\\', '/'), StringComparer.Ordinal);
        var gone = pages.Keys.Except(files.Keys, StringComparer.Ordinal).ToList();
        gone.ForEach(file => pages.Remove(file));
        var changed = gone.Count > 0;
        foreach (var (name, file) in files)
        {
            if (pages.TryGetValue(name, out var page) && (page.Written, page.Length) == (file.LastWriteTimeUtc, file.Length))
            {
                continue;
            }

            try
            {
                pages[name] = (file.LastWriteTimeUtc, file.Length, NoteReader.Read(name, TextFile.Read(file.FullName)));
                changed = true;
            }
            catch (TextFormatException error)
            {
                errors.Add(new PlaybookError(name, error.Line, error.Message));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                errors.Add(new PlaybookError(name, 1, "The file cannot be read. Allow the worker to read it."));
            }
        }

        Errors = errors;
        return changed ? [.. pages.OrderBy(page => page.Key, StringComparer.Ordinal).SelectMany(page => page.Value.Passages)] : null;
    }

    IEnumerable<FileInfo> Files() =>
        new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension.ToLowerInvariant() is ".md" or ".markdown")
            .Where(file => !Path.GetRelativePath(root, file.FullName).Split('/', '\\').Any(part => part[0] is '.' or '_'));
}
