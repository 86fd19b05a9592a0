using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>
/// Reads milliseconds with fractions too, as <c>performance.now()</c> and seconds times 1,000 give them, and rounds them. What is out of
/// range becomes the nearest value in it.
/// </summary>
public sealed class WholeMilliseconds : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Number ? throw new JsonException()
        : reader.TryGetInt64(out var whole) ? whole
        : (long)Math.Clamp(Math.Round(reader.GetDouble()), long.MinValue, long.MaxValue);

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
