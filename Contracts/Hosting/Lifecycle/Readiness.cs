using Microsoft.Extensions.Hosting;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>Whether a process wants work: started, and not draining.</summary>
/// <param name="application">Tells when it has started.</param>
public sealed class Readiness(IHostApplicationLifetime application)
{
    int draining;

    /// <summary>It hands over what it holds and takes nothing new.</summary>
    public bool Draining => Volatile.Read(ref draining) == 1;

    /// <summary>It wants work.</summary>
    public bool Ready => application.ApplicationStarted.IsCancellationRequested && !Draining;

    /// <summary>Ends it.</summary>
    /// <returns>False when it was draining already.</returns>
    public bool StartDraining() => Interlocked.Exchange(ref draining, 1) == 0;
}
