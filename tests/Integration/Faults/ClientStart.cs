using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>How a client starts its call.</summary>
sealed record ClientStart
{
    public StartCallRequest Request { get; init; } = new();

    /// <summary>Gets the ticket of a connection from its gateway; null where nobody signs in.</summary>
    public Func<Uri, Task<string?>> TicketOf { get; init; } = _ => Task.FromResult<string?>(null);
}
