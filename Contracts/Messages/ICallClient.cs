namespace Teleprompter.Contracts;

/// <summary>What a client hears.</summary>
public interface ICallClient
{
    /// <summary>One event of the call, in the order of its numbers.</summary>
    /// <param name="callEvent">The event.</param>
    /// <returns>When written to the connection.</returns>
    Task Receive(CallEvent callEvent);
}
