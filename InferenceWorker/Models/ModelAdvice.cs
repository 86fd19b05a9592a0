namespace Teleprompter.InferenceWorker.Models;

/// <summary>Which setting helps against a failure.</summary>
static class ModelAdvice
{
    /// <returns>A sentence; null where the provider must help itself.</returns>
    public static string? For(ModelException fault)
    {
        bool Says(string words) => fault.ServerSays?.Message.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

        return (fault.Failure, fault.Status) switch
        {
            (ModelFailure.NoWords, _) =>
                "The model spent all its tokens on reasoning, or called a tool: raise Model:MaxTokens, switch its reasoning off at the "
                + "server, or set Model:Name to a model that answers at once.",
            (_, 401 or 403) => "Check Model:ApiKey and Model:Credential, and that the key may use Model:Name.",
            (_, 402) => "The account at the provider must be paid.",
            (_, 404) when Says("model") || Says("deployment") =>
                "Set Model:Name (or FallbackName, SummaryName, FastName, HedgeName) to a model that Model:Endpoint serves.",
            (_, 404 or 405) => "Set Model:Endpoint to the base address of an OpenAI-compatible API, without /chat/completions.",
            (ModelFailure.RateLimited, _) when Says("quota") || Says("billing") => "The account at the provider has no quota left.",
            (ModelFailure.RateLimited, _) => "Lower Admission:Slots, or ask the provider for a higher limit.",
            (_, 413) => "Lower Context:TotalTokens.",
            (_, 400 or 422) when Says("context") || Says("too long") =>
                "Lower Context:TotalTokens, or load the model with a longer context.",
            (_, 400 or 422) when Says("max_tokens") || Says("max_completion_tokens") => "Set Model:MaxTokens to what the server allows.",
            (ModelFailure.Refused, null) => "The provider's content filter stopped the answer: check the filter of the deployment.",
            (ModelFailure.Refused, _) => "Check that Model:Endpoint speaks the OpenAI chat-completions API and serves Model:Name.",
            (ModelFailure.FirstTokenTimeout, _) =>
                "If the server is still loading the model, keep it loaded (Ollama: OLLAMA_KEEP_ALIVE=-1); if the model thinks before it "
                + "answers, set Model:Name to one that does not; else raise Model:FirstTokenTimeout.",
            (ModelFailure.Stalled, _) => "If the server is healthy and slow, raise Model:TokenTimeout.",
            (ModelFailure.TotalTimeout, _) => "Lower Model:MaxTokens or raise Model:TotalTimeout.",
            (ModelFailure.BrokenStream, _) =>
                "Check that Model:Endpoint can be reached from the worker and speaks the OpenAI chat-completions API.",
            _ => null,
        };
    }
}
