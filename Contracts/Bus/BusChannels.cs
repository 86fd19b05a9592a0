namespace Teleprompter.Bus;

/// <summary>Every channel there is.</summary>
public static class BusChannels
{
    /// <summary>Heartbeats of all workers.</summary>
    public static BusChannel<WorkerHeartbeat> Workers { get; } = new("workers", BusJson.Default.WorkerHeartbeat);

    /// <summary>What gateways say to one worker about its calls.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<ToWorker> Worker(string workerId) => new($"worker:{workerId}", BusJson.Default.ToWorker);

    /// <summary>Heartbeats of the gateways that hold connections of one worker's calls.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<GatewayHeartbeat> Gateways(string workerId) => new($"worker:{workerId}:gateways", BusJson.Default.GatewayHeartbeat);

    /// <summary>What the owner of a call says to the gateway that holds its socket.</summary>
    /// <param name="callId">The call.</param>
    /// <returns>The channel.</returns>
    public static BusChannel<FromWorker> Call(string callId) => new($"call:{callId}", BusJson.Default.FromWorker);
}
