using Microsoft.Extensions.Logging;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>What a process logs as an error is a defect here: every fault the simulation knows is one that the code must expect.</summary>
sealed class DefectLoggers(World world, string process) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            world.Break($"{process}: {formatter(state, exception)} {exception}");
        }
    }
}
