using Teleprompter.InferenceWorker.Models.Claims;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>What a model is asked.</summary>
/// <param name="Messages">Oldest first, the static parts first.</param>
/// <param name="MaxTokens">The most tokens the answer may have.</param>
/// <param name="Schema">The JSON Schema that the answer must follow, in the strict form that OpenAI describes; null for free text.</param>
public sealed record ModelPrompt(IReadOnlyList<PromptMessage> Messages, int MaxTokens, ModelUse Use = ModelUse.Suggestion,
    string? Schema = null)
{
    /// <summary>What the answer's figures, dates and promises may stand on. Not what the model itself suggested before.</summary>
    public ClaimSources Sources { get; init; } = ClaimSources.None;

    /// <summary>The customer's words that are to be answered.</summary>
    public string Turn { get; init; } = "";

    /// <summary>What an answer must not say again.</summary>
    public IReadOnlyList<EarlierAnswer> Earlier { get; init; } = [];
}
