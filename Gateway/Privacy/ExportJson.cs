using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Gateway.Privacy;

/// <summary>How exports are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(CallExport))]
[JsonSerializable(typeof(PersonExport))]
public sealed partial class ExportJson : JsonSerializerContext;
