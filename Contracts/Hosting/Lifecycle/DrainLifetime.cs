using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>
/// Drains the process on the first SIGTERM and stops it when that is done, at the second one, or when the time is up; Ctrl-C stops it at
/// once. The host's own lifetime would begin to stop first, and a stopping host closes every socket in the same moment.
/// </summary>
/// <param name="options">How long it may take.</param>
/// <param name="services">Has what drains; asked for only when it comes to that.</param>
public sealed partial class DrainLifetime(
    Readiness readiness,
    IOptions<DrainOptions> options,
    IServiceProvider services,
    IHostApplicationLifetime application,
    ILogger<DrainLifetime> logger) : IHostLifetime, IDisposable
{
    readonly List<PosixSignalRegistration> signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        application.StopApplication();
    }

    void Terminate(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (readiness.StartDraining())
        {
            _ = Drain();
        }
        else
        {
            LogCutShort();
            application.StopApplication();
        }
    }

    async Task Drain()
    {
        LogDraining(options.Value.Within);
        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(application.ApplicationStopping);
        timeUp.CancelAfter(options.Value.Within);
        try
        {
            await Task.WhenAll(services.GetServices<IDrain>().Select(drain => drain.Drain(timeUp.Token)));
            LogDrained();
        }
        catch (OperationCanceledException)
        {
            LogTimeUp();
        }
        finally
        {
            application.StopApplication();
        }
    }

    [LoggerMessage(LogLevel.Information, "Draining: takes nothing new and hands over what it has, within {Within}")]
    partial void LogDraining(TimeSpan within);

    [LoggerMessage(LogLevel.Information, "Drained")]
    partial void LogDrained();

    [LoggerMessage(LogLevel.Warning, "Not everything was handed over in time")]
    partial void LogTimeUp();

    [LoggerMessage(LogLevel.Warning, "A second SIGTERM: stopping at once")]
    partial void LogCutShort();
}
