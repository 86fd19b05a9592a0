namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>How the words of a rehearsal's buyer become sound.</summary>
public sealed class SynthesisOptions
{
    public const string Section = "Speech";

    /// <summary>What speaks. Default <see cref="SynthesisProvider.None"/>.</summary>
    public SynthesisProvider Provider { get; set; }

    /// <summary>
    /// Base address of the API (<c>http://localhost:8880/v1</c>, <c>https://api.openai.com/v1</c>) or of an Azure OpenAI resource.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>The key; may be empty for a server of one's own that asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model or deployment.</summary>
    public string? Model { get; set; }

    /// <summary>The voice, by the name that the server gives it. Default <c>alloy</c>.</summary>
    public string Voice { get; set; } = "alloy";

    /// <summary>
    /// The longest wait for the first audio of a clause, and for more of it. Default 2 s. After it the rest of the turn is text.
    /// </summary>
    public TimeSpan AudioTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
