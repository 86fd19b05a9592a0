using System.Text.Json.Serialization.Metadata;

namespace Teleprompter.Bus;

/// <summary>A channel and what travels on it.</summary>
/// <param name="Name">Its name on the bus.</param>
/// <param name="Codec">How the payload is written.</param>
/// <param name="Kind">Its name without the ids in it, as telemetry names it.</param>
public sealed record BusChannel<T>(string Name, JsonTypeInfo<T> Codec, string Kind);
