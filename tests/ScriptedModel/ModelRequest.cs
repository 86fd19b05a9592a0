using System.Text.Json.Serialization;

namespace Teleprompter.Tests.ScriptedModel;

/// <summary>What became of one request.</summary>
/// <param name="Number">1 for the first of the server.</param>
/// <param name="Model">The model asked.</param>
/// <param name="Streamed">Whether it was to be streamed.</param>
/// <param name="Messages">The prompt's messages.</param>
/// <param name="PromptCharacters">All characters of their texts.</param>
/// <param name="ReceivedMs">When it was received, in milliseconds on <see cref="ScriptedModelServer.NowMs"/>.</param>
public sealed record ModelRequest(int Number, string Model, bool Streamed, int Messages, int PromptCharacters, double ReceivedMs)
{
    /// <summary>From receiving the request to having sent the first token, in milliseconds; null before that.</summary>
    public double? FirstTokenMs { get; init; }

    /// <summary>Tokens sent so far.</summary>
    public int TokensSent { get; init; }

    /// <summary>How it ended.</summary>
    public RequestEnd End { get; init; }

    /// <summary>When it ended, in milliseconds on <see cref="ScriptedModelServer.NowMs"/>; null while open.</summary>
    public double? EndedMs { get; init; }

    /// <summary>
    /// The last number after <c>#</c> in the prompt's last text, by which a test in another process knows its request; null without one.
    /// </summary>
    public long? Marker { get; init; }

    /// <summary>Where it belongs in a trace, as W3C Trace Context writes it; null when it did not say.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Whether the tokens are to be reported at the end of a stream.</summary>
    public bool WantsUsage { get; init; }

    /// <summary>Whether the answer is to follow a schema, as a call's summary does and no suggestion.</summary>
    public bool Structured { get; init; }

    /// <summary>The connection it came over.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The prompt's texts, oldest first, for tests in the same process.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Texts { get; init; } = [];
}
