using System.Text.Json;
using System.Text.Json.Nodes;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>What the summary model is asked after a call, and how its answer is read.</summary>
public static class SummaryPrompt
{
    const int TranscriptTokens = 6000;
    const int EarlierTokens = 400;
    const int AnswerTokens = 500;

    const string Schema =
        """
        {"type":"object","additionalProperties":false,"required":["needs","objections","commitments","nextSteps"],"properties":{
        "needs":{"type":"array","items":{"type":"string"}},"objections":{"type":"array","items":{"type":"string"}},
        "commitments":{"type":"array","items":{"type":"string"}},"nextSteps":{"type":"array","items":{"type":"string"}}}}
        """;

    static readonly string[] Lists = ["needs", "objections", "commitments", "nextSteps"];

    static readonly string Instructions = ContextAssembly.Instructions.Read(typeof(SummaryPrompt), "SumUp.md");

    /// <summary>Asks for a summary.</summary>
    /// <param name="earlier">The rolling summary, which covers what the lines no longer hold; null for none.</param>
    /// <param name="lines">What was said, oldest first; of very much, the newest.</param>
    public static ModelPrompt Of(string? earlier, IReadOnlyList<SpokenLine> lines)
    {
        var summary = PromptData.Section("earlier", TokenCut.Head(PromptData.Clean(earlier), EarlierTokens));
        var transcript = Transcript.Section(lines, TranscriptTokens);
        return new ModelPrompt(
            [
                new PromptMessage(PromptRole.System, Instructions),
                new PromptMessage(PromptRole.User, summary + transcript + "Write the JSON object."),
            ],
            AnswerTokens,
            ModelUse.Summary,
            Schema);
    }

    /// <summary>Reads the model's answer, also where words or a code fence stand around it.</summary>
    /// <returns>The summary, every item made plain and cut to its limits; null when it holds none.</returns>
    public static CallSummary? Read(string answer)
    {
        var (start, end) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (start < 0 || end < start)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(answer[start..(end + 1)]) is JsonObject read && Lists.Any(read.ContainsKey)
                ? new CallSummary(
                    Items(read["needs"]), Items(read["objections"]), Items(read["commitments"]), Items(read["nextSteps"]),
                    SummarySource.Model)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static IReadOnlyList<string> Items(JsonNode? list) => list is not JsonArray items ? [] : [.. items
        .Where(item => item?.GetValueKind() == JsonValueKind.String)
        .Select(item => PromptData.Clean(item!.GetValue<string>()))
        .Where(text => text.Length > 0)
        .Select(text => text.Length <= CallSummary.CharactersAtMost ? text : text[..(CallSummary.CharactersAtMost - 1)] + "…")
        .Take(CallSummary.ItemsAtMost)];
}
