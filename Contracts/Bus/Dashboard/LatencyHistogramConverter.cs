using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Bus.Dashboard;

/// <summary>Writes a histogram as one flat array: bucket, count, bucket, count.</summary>
public sealed class LatencyHistogramConverter : JsonConverter<LatencyHistogram>
{
    public override LatencyHistogram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var histogram = new LatencyHistogram();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            var bucket = reader.GetInt32();
            if (!reader.Read())
            {
                break;
            }

            histogram.Add(bucket, reader.GetInt64());
        }

        return histogram;
    }

    public override void Write(Utf8JsonWriter writer, LatencyHistogram value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var (bucket, count) in value.Buckets)
        {
            writer.WriteNumberValue(bucket);
            writer.WriteNumberValue(count);
        }

        writer.WriteEndArray();
    }
}
