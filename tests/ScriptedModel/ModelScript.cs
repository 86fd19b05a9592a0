namespace Teleprompter.Tests.ScriptedModel;

/// <summary>How the scripted model answers. A change counts from the next request.</summary>
public sealed record ModelScript
{
    /// <summary>A believable answer of two sentences and 40 words; the scripted model counts a word as a token.</summary>
    public const string SalesAnswer =
        "That is fair, so let us look at what the manual work costs you today, because most teams your size earn the price back " +
        "within one quarter. Would it help if we compared both numbers side by side before Friday?";

    /// <summary>Time from receiving a request to its first token.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Time between tokens.</summary>
    public TimeSpan TokenPace { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Every wait is lengthened by a random part of this.</summary>
    public TimeSpan Jitter { get; init; } = TimeSpan.Zero;

    /// <summary>The answer.</summary>
    public string Text { get; init; } = SalesAnswer;

    /// <summary>
    /// <see cref="Text"/> is cut or repeated to this many tokens; null leaves it as it is. The request's own limit holds as well.
    /// </summary>
    public int? TokenCount { get; init; }

    /// <summary>The first token names the request, so that no answer repeats another; a repeated one is taken back.</summary>
    public bool Numbered { get; init; }

    /// <summary>What goes wrong.</summary>
    public ModelFault Fault { get; init; }

    /// <summary>The part of requests on which <see cref="Fault"/> strikes, 0 to 1.</summary>
    public double FaultRate { get; init; } = 1;

    /// <summary>The most requests on which <see cref="Fault"/> strikes before all is well; null for no end.</summary>
    public int? FaultCount { get; init; }

    /// <summary>The model on which <see cref="Fault"/> strikes; null for all.</summary>
    public string? FaultModel { get; init; }

    /// <summary>The tokens sent before a fault in mid-stream.</summary>
    public int FaultAfterTokens { get; init; } = 5;

    /// <summary>The status of <see cref="ModelFault.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The Retry-After header of an error, in whole seconds; null sends none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long <see cref="ModelFault.Stall"/> is silent.</summary>
    public TimeSpan StallFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Every event is written in two parts, split inside its first character of several bytes, or in the middle.</summary>
    public bool SplitWrites { get; init; }

    /// <summary>A streamed answer as raw bytes of an event stream, in place of <see cref="Text"/>; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>A parameter that is refused by name with status 422, as strict servers do; null for none.</summary>
    public string? RefusedParameter { get; init; }

    /// <summary>
    /// How long the model is loaded at its first request; a client that leaves before aborts the load. Counted anew with each script.
    /// </summary>
    public TimeSpan LoadFor { get; init; } = TimeSpan.Zero;

    /// <summary>An empty delta before every token.</summary>
    public bool EmptyDeltas { get; init; }

    /// <summary>Time from the last event to the end of the response.</summary>
    public TimeSpan LateEnd { get; init; }

    /// <summary>The most requests under way at once; one more is answered 429. Null for no limit.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Seeds jitter and <see cref="FaultRate"/>, which are drawn in the order of arrival.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The answer's tokens: words with the space before them.</summary>
    /// <param name="limit">The request's own limit; null for none.</param>
    public IReadOnlyList<string> Tokens(int? limit)
    {
        var words = Text.Split(' ');
        var count = Math.Min(TokenCount ?? words.Length, limit ?? int.MaxValue);
        return [.. Enumerable.Range(0, count).Select(i => (i == 0 ? "" : " ") + words[i % words.Length])];
    }
}
