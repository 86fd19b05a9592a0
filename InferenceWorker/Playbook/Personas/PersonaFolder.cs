namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>
/// Reads a folder of personas repeatedly. A broken file is reported and its last good version stays; the persona of a removed file is
/// removed. Not thread-safe.
/// </summary>
public sealed class PersonaFolder(string root)
{
    readonly Dictionary<string, Persona> good = new(StringComparer.Ordinal);
    readonly MarkdownFolder folder = new(root);

    /// <summary>What was wrong when the folder was last read.</summary>
    public IReadOnlyList<PlaybookError> Errors { get; private set; } = [];

    /// <summary>Reads the folder.</summary>
    /// <returns>The personas by name; null when nothing changed since the last scan.</returns>
    public IReadOnlyList<Persona>? Scan()
    {
        if (folder.Read(out var missing) is not { } files)
        {
            Errors = missing
                ? [new(root, 1, "The folder is gone; the personas last read stay in use. Bring it back, or set Personas:Folder.")]
                : Errors;
            return null;
        }

        var errors = new List<PlaybookError>();
        good.Keys.Except(files.Select(file => file.Name), StringComparer.Ordinal).ToList().ForEach(gone => good.Remove(gone));
        foreach (var file in files)
        {
            if (file.Problem is { } problem)
            {
                errors.Add(problem);
            }
            else if (PersonaReader.Read(file.Name, file.Text, errors) is { } persona)
            {
                Add(file.Name, persona, errors);
            }
        }

        Errors = errors;
        return [.. good.Values.OrderBy(persona => persona.Id, StringComparer.Ordinal)];
    }

    void Add(string file, Persona persona, List<PlaybookError> errors)
    {
        if (good.FirstOrDefault(entry => entry.Key != file && entry.Value.Id == persona.Id).Key is { } other)
        {
            errors.Add(new PlaybookError(file, 1, $"The id '{persona.Id}' is taken by {other}. Rename one of the two files."));
        }
        else
        {
            good[file] = persona;
        }
    }
}
