using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// The playbook in use: read before the host has started, checked for changes every 2 s, replaced as a whole. Matches by words alone until
/// the vectors of its first examples are there. Thread-safe.
/// </summary>
public sealed partial class PlaybookLibrary(
    IOptions<PlaybookOptions> options, IHostEnvironment host, TimeProvider time, ILogger<PlaybookLibrary> log)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    readonly NotesFolder? notesFolder =
        options.Value.ResolveNotes(host.ContentRootPath) is { } notes ? new NotesFolder(notes) : null;

    readonly PlaybookFolder folder = new(options.Value.Resolve(host.ContentRootPath) ?? options.Value.Folder);
    volatile PlaybookEdition current = PlaybookEdition.Empty;
    volatile IReadOnlyList<PlaybookError> errors = [];
    IReadOnlyList<PlaybookError> warnings = [];
    TextVectors? vectors;
    PlaybookEdition cards = PlaybookEdition.Empty;
    Notes notes = Notes.None;

    /// <summary>The edition to use from the next turn on.</summary>
    public PlaybookEdition Current => current;

    /// <summary>What is wrong with the files right now.</summary>
    public IReadOnlyList<PlaybookError> Errors => errors;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        vectors = options.Value.Matcher == PlaybookMatcher.Words ? null : await Task.Run(LoadVectors, cancellationToken);
        if (Scan() is { } first)
        {
            Use(vectors is not null && first.IsKept(vectors) ? WithMeaning(first) : first);
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        vectors?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        if (vectors is not null && current.ByWords)
        {
            await Task.Run(() => Use(WithMeaning(cards)), stoppingToken);
        }

        await Task.Run(ScanNotes, stoppingToken);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Scan() is { } edition)
                {
                    Use(WithMeaning(edition));
                }

                ScanNotes();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                FolderUnreadable(exception);
            }
        }
    }

    PlaybookEdition? Scan()
    {
        var edition = folder.Scan();
        foreach (var error in folder.Errors.Concat(notesFolder?.Errors ?? []).Except(errors))
        {
            FileBroken(error.File, error.Line, error.Message);
        }

        foreach (var warning in folder.Warnings.Except(warnings))
        {
            FileNoted(warning.File, warning.Line, warning.Message);
        }

        (errors, warnings) = ([.. folder.Errors, .. notesFolder?.Errors ?? []], folder.Warnings);
        return edition;
    }

    TextVectors? LoadVectors()
    {
        var path = options.Value.Vectors.Length == 0 ? null : Path.GetFullPath(options.Value.Vectors, host.ContentRootPath);
        var loaded = TextVectors.Load(path, out var problem);
        if (problem is not null)
        {
            ModelMissing(problem);
        }

        return loaded;
    }

    PlaybookEdition WithMeaning(PlaybookEdition edition)
    {
        if (vectors is null)
        {
            return edition;
        }

        var better = edition.WithMeaning(vectors, out var problem);
        if (problem is not null)
        {
            VectorsNotKept(problem);
        }

        return better;
    }

    void ScanNotes()
    {
        if (notesFolder?.Scan() is not { } passages)
        {
            return;
        }

        if (vectors is null)
        {
            NotesUnused();
            return;
        }

        notes = Notes.Of(passages, vectors, out var problem);
        if (problem is not null)
        {
            VectorsNotKept(problem);
        }

        NotesInUse(passages.Count);
        Use(cards);
    }

    void Use(PlaybookEdition edition)
    {
        cards = edition;
        edition = edition.With(edition.ByWords ? Notes.None : notes);
        if (string.Equals(edition.Version, current.Version, StringComparison.Ordinal))
        {
            return;
        }

        current = edition.Trained();
        InUse(edition.Version, edition.Cards.Count, edition.ByWords ? "words alone" : "meaning and words");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Playbook {Version} in use: {Cards} cards, matched by {Matcher}")]
    partial void InUse(string version, int cards, string matcher);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Passages} passages of notes in use")]
    partial void NotesInUse(int passages);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Notes are found by meaning alone, which is not compared here: set Playbook:Matcher to meaning")]
    partial void NotesUnused();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}({Line}): {Problem} The last good version stays in use.")]
    partial void FileBroken(string file, int line, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}({Line}): {Problem}")]
    partial void FileNoted(string file, int line, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The playbook's folder could not be read; trying again")]
    partial void FolderUnreadable(Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The model that compares meanings cannot be loaded: cards are matched by words alone. Publish again, or set "
            + "Playbook:Matcher to words")]
    partial void ModelMissing(Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The vectors of the cards' examples cannot be kept: the next start embeds them again. Let the worker write the file that "
            + "Playbook:Vectors names")]
    partial void VectorsNotKept(Exception exception);
}
