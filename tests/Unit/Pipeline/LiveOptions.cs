using Microsoft.Extensions.Options;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>Options that a test changes while they are in use.</summary>
sealed class LiveOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue { get; set; } = value;

    public T Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
