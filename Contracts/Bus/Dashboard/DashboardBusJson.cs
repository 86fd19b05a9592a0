using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Bus.Dashboard;

/// <summary>How the dashboard's messages between gateways and workers are written: as <see cref="BusJson"/> writes the others.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(DashboardWatch))]
[JsonSerializable(typeof(WorkerDashboard))]
[JsonSerializable(typeof(GatewayDashboard))]
[JsonSerializable(typeof(CallSightings))]
[JsonSerializable(typeof(LineShown))]
public sealed partial class DashboardBusJson : JsonSerializerContext;
