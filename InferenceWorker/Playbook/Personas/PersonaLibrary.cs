using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>
/// The personas in use: read before the host has started, checked for changes every 2 s. A rehearsal that is under way goes on with the
/// persona it began with. Thread-safe.
/// </summary>
public sealed partial class PersonaLibrary(
    IOptions<PersonaOptions> options, IHostEnvironment host, TimeProvider time, ILogger<PersonaLibrary> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    readonly PersonaFolder folder = new(options.Value.Resolve(host.ContentRootPath) ?? options.Value.Folder);
    volatile IReadOnlyList<Persona> current = [];
    IReadOnlyList<PlaybookError> errors = [];

    /// <summary>The personas, by id.</summary>
    public IReadOnlyList<Persona> Current => current;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Scan();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Scan();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                FolderUnreadable(exception);
            }
        }
    }

    void Scan()
    {
        if (folder.Scan() is { } personas)
        {
            current = personas;
            InUse(personas.Count);
        }

        foreach (var error in folder.Errors.Except(errors))
        {
            FileBroken(error.File, error.Line, error.Message);
        }

        errors = folder.Errors;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Personas} personas in use for rehearsals")]
    partial void InUse(int personas);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}({Line}): {Problem} The last good version stays in use.")]
    partial void FileBroken(string file, int line, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of personas could not be read; trying again")]
    partial void FolderUnreadable(Exception exception);
}
