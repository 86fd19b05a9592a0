using System.Globalization;
using System.Text.Json;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>What an answer cost.</summary>
/// <param name="Output">Tokens of the answer, reasoning included.</param>
sealed record ChatUsage(long Input, long Output)
{
    public static ChatUsage? Read(JsonElement usage)
    {
        var (input, output) = (Count(LenientJson.Member(usage, "prompt_tokens")), Count(LenientJson.Member(usage, "completion_tokens")));
        return input is null && output is null ? null : new ChatUsage(input ?? 0, output ?? 0);
    }

    // Servers send 400, 400.0 and "400".
    static long? Count(JsonElement number) => number.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && double.TryParse(number.GetRawText().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
        && count is >= 0 and < int.MaxValue
            ? (long)count
            : null;
}
