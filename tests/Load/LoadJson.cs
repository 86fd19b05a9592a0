using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Tests.Load;

/// <summary>How figures are written: camelCase, indented, and a percentile of nothing as "NaN".</summary>
static class LoadJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
