using System.Text.Json;
using System.Text.Json.Serialization;
using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Bus;

/// <summary>How messages between gateways and workers, and entries of the store, are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ToWorker))]
[JsonSerializable(typeof(FromWorker))]
[JsonSerializable(typeof(WorkerHeartbeat))]
[JsonSerializable(typeof(GatewayHeartbeat))]
[JsonSerializable(typeof(CallInput))]
[JsonSerializable(typeof(CallRecord))]
[JsonSerializable(typeof(DashboardWatch))]
[JsonSerializable(typeof(WorkerDashboard))]
[JsonSerializable(typeof(GatewayDashboard))]
[JsonSerializable(typeof(CallSightings))]
[JsonSerializable(typeof(LineShown))]
public sealed partial class BusJson : JsonSerializerContext;
