namespace Teleprompter.Tests.Load;

/// <summary>A connection that a schedule drives.</summary>
interface ITurnTaker : IAsyncDisposable
{
    /// <summary>Sends a turn.</summary>
    /// <param name="turns">The measurement it belongs to.</param>
    /// <param name="intendedAt">When it was meant to leave, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    void TakeTurn(Turns turns, long intendedAt);
}
