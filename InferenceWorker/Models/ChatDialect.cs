namespace Teleprompter.InferenceWorker.Models;

/// <summary>Which parts of a request a server understands; a request is asked again without what its server refused by name.</summary>
/// <param name="TokenLimit">The parameter that limits an answer; null where the server knows none.</param>
/// <param name="Usage">It reports tokens at the end of a stream.</param>
/// <param name="Schema">It knows JSON schemas. Prompts that have one say the same in words.</param>
/// <param name="SystemRole">It takes instructions as a message of their own.</param>
sealed record ChatDialect(string? TokenLimit = ChatDialect.Newer, bool Usage = true, bool Schema = true, bool SystemRole = true)
{
    const string Newer = "max_completion_tokens";
    const string Older = "max_tokens";

    /// <summary>What is left when a server refused something.</summary>
    /// <returns>Null when it refused nothing that can be left out.</returns>
    public ChatDialect? Without(string complaint)
    {
        bool Names(string part) => complaint.Contains(part, StringComparison.OrdinalIgnoreCase);

        return TokenLimit is not null && Names(TokenLimit) ? this with { TokenLimit = TokenLimit == Newer ? Older : null }
            : Usage && (Names("stream_options") || Names("include_usage")) ? this with { Usage = false }
            : Schema && (Names("response_format") || Names("response format") || Names("schema")) ? this with { Schema = false }
            : SystemRole && (Names("system role") || Names("role 'system'") || Names("role \"system\"")) ? this with { SystemRole = false }
            : null;
    }
}
