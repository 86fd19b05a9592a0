namespace Teleprompter.Hosting.Lifecycle;

/// <summary>What a process does before it stops, so that nobody notices that it does.</summary>
public interface IDrain
{
    /// <summary>Hands over what the process holds.</summary>
    /// <param name="cancellationToken">The time is up: what is left is dropped, and taken over as after a crash.</param>
    Task Drain(CancellationToken cancellationToken);
}
