namespace Teleprompter.Bus;

/// <summary>
/// A gateway is alive, and holds these connections of a worker's calls, which all read. Sent to each owner every
/// <see cref="WorkerHeartbeat.Interval"/>; connections not heard of for <see cref="Timeout"/> are taken for gone, since a killed gateway
/// says no goodbye.
/// </summary>
public sealed record GatewayHeartbeat(IReadOnlyList<ConnectionBeat> Connections)
{
    /// <summary>Silence after which a connection is taken for gone.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
}
