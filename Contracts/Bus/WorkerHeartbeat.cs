using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>A worker is alive. Sent every 500 ms; a worker not heard of for 1.5 s is taken for gone.</summary>
/// <param name="WorkerId">Its id, new with every start.</param>
/// <param name="SentAt">When it was sent, by the worker's own monotonic clock: it tells nobody else anything.</param>
/// <param name="Draining">It hands its calls over and takes no new ones.</param>
/// <param name="PlaybookVersion">Content hash of the playbook it answers from.</param>
/// <param name="PlaybookErrors">Broken playbook files, whose last good version stays in use.</param>
/// <param name="Silent">
/// Its heartbeats do not come back to it, so it sends no events: this one only asks whether they do again, and tells nobody that it is
/// alive.
/// </param>
public sealed record WorkerHeartbeat(
    string WorkerId,
    string Version,
    long SentAt,
    IReadOnlyList<CallBeat> Calls,
    bool Draining,
    string PlaybookVersion,
    int PlaybookErrors,
    bool Silent = false)
{
    /// <summary>The buyers that rehearsals can be started with.</summary>
    public IReadOnlyList<PersonaView> Personas { get; init; } = [];

    /// <summary>How often a worker sends one.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Silence after which a worker is taken for gone.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(1500);
}
