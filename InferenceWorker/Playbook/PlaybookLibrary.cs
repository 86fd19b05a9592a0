using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// The playbook in use: read before the host has started, checked for changes every 2 s, replaced as a whole. Thread-safe.
/// </summary>
public sealed partial class PlaybookLibrary(
    IOptions<PlaybookOptions> options, IHostEnvironment host, TimeProvider time, ILogger<PlaybookLibrary> log)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    readonly PlaybookFolder folder = new(options.Value.Resolve(host.ContentRootPath) ?? options.Value.Folder);
    volatile PlaybookEdition current = PlaybookEdition.Empty;
    volatile IReadOnlyList<PlaybookError> errors = [];
    IReadOnlyList<PlaybookError> warnings = [];

    /// <summary>The edition to use from the next turn on.</summary>
    public PlaybookEdition Current => current;

    /// <summary>What is wrong with the files right now.</summary>
    public IReadOnlyList<PlaybookError> Errors => errors;

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
        var started = time.GetTimestamp();
        var edition = folder.Scan();
        foreach (var error in folder.Errors.Except(errors))
        {
            FileBroken(error.File, error.Line, error.Message);
        }

        foreach (var warning in folder.Warnings.Except(warnings))
        {
            FileNoted(warning.File, warning.Line, warning.Message);
        }

        (errors, warnings) = (folder.Errors, folder.Warnings);
        if (edition is null || string.Equals(edition.Version, current.Version, StringComparison.Ordinal))
        {
            return;
        }

        current = edition;
        var milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds;
        InUse(edition.Version, edition.Cards.Count, milliseconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Playbook {Version} in use: {Cards} cards, ready in {Milliseconds} ms")]
    partial void InUse(string version, int cards, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}({Line}): {Problem} The last good version stays in use.")]
    partial void FileBroken(string file, int line, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}({Line}): {Problem}")]
    partial void FileNoted(string file, int line, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The playbook's folder could not be read; trying again")]
    partial void FolderUnreadable(Exception exception);
}
