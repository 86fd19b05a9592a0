using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Bus;

/// <summary>How messages between gateways and workers, and entries of the store, are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ToWorker))]
[JsonSerializable(typeof(FromWorker))]
[JsonSerializable(typeof(SpeechFromWorker))]
[JsonSerializable(typeof(WorkerHeartbeat))]
[JsonSerializable(typeof(GatewayHeartbeat))]
[JsonSerializable(typeof(CallInput))]
[JsonSerializable(typeof(CallRecord))]
public sealed partial class BusJson : JsonSerializerContext;
