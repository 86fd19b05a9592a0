namespace Teleprompter.Bus;

/// <summary>The channels between gateways and workers.</summary>
public static class BusChannels
{
    /// <summary>The kind of <see cref="Worker"/>.</summary>
    public const string WorkerKind = "worker:{workerId}";

    /// <summary>The kind of <see cref="Call"/>.</summary>
    public const string CallKind = "call:{callId}";

    /// <summary>Heartbeats of all workers.</summary>
    public static BusChannel<WorkerHeartbeat> Workers { get; } = new("workers", BusJson.Default.WorkerHeartbeat, "workers");

    /// <summary>What gateways say to one worker about its calls.</summary>
    public static BusChannel<ToWorker> Worker(string workerId) => new($"worker:{workerId}", BusJson.Default.ToWorker, WorkerKind);

    /// <summary>Heartbeats of the gateways that hold connections of one worker's calls.</summary>
    public static BusChannel<GatewayHeartbeat> Gateways(string workerId) =>
        new($"worker:{workerId}:gateways", BusJson.Default.GatewayHeartbeat, "worker:{workerId}:gateways");

    /// <summary>What the owner of a call says to the gateway that holds its socket.</summary>
    public static BusChannel<FromWorker> Call(string callId) => new($"call:{callId}", BusJson.Default.FromWorker, CallKind);

    /// <summary>The voice of a rehearsal's buyer, on its way to the gateway that holds the call's socket.</summary>
    public static BusChannel<SpeechFromWorker> Speech(string callId) =>
        new($"call:{callId}:speech", BusJson.Default.SpeechFromWorker, "call:{callId}:speech");
}
