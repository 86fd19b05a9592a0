namespace Teleprompter.Bus.Dashboard;

/// <summary>The last sign of life of a worker that is gone.</summary>
/// <param name="HeardAt">When a gateway heard it.</param>
public sealed record GoneWorker(WorkerHeartbeat Heartbeat, DateTimeOffset HeardAt);
