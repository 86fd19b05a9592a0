using Teleprompter.InferenceWorker.Models.Claims;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Who speaks in a prompt.</summary>
public enum PromptRole
{
    /// <summary>The instructions. Never a customer's words.</summary>
    System,

    /// <summary>What is asked, and the transcript as delimited data.</summary>
    User,

    /// <summary>The model itself, earlier.</summary>
    Assistant,
}

/// <summary>What a prompt is for; decides which model is asked.</summary>
public enum ModelUse
{
    /// <summary>Words for the rep: <see cref="ModelOptions.Name"/>, with one retry or <see cref="ModelOptions.FallbackName"/>.</summary>
    Suggestion,

    /// <summary>
    /// A summary, rolling or of a whole call: <see cref="ModelOptions.SummaryName"/>, once; the next pause brings another chance.
    /// </summary>
    Summary,

    /// <summary>Whether the model answers at all, be it without words. Asked by nobody's call.</summary>
    Probe,
}

/// <summary>One message of a prompt.</summary>
public sealed record PromptMessage(PromptRole Role, string Text);

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
