using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Teleprompter.Contracts.Dashboard;

/// <summary>The dashboard's messages in the JSON dialect of <see cref="ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(FleetView))]
[JsonSerializable(typeof(CallSight))]
[JsonSerializable(typeof(LineReceipt))]
public sealed partial class DashboardJson : JsonSerializerContext
{
    /// <summary>How a process that serves or reads both hubs writes: calls and dashboard.</summary>
    public static JsonSerializerOptions BothHubs =>
        new(ContractsJson.Default.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractsJson.Default, Default) };
}
