namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>How much of a call a model is told. Tokens are those of <see cref="TokenEstimate"/>.</summary>
public sealed class ContextOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Context";

    /// <summary>
    /// The most tokens of a prompt without notes, the estimate's margin included; must hold the brief, the summary and about 600 more.
    /// Default 1,200.
    /// </summary>
    public int TotalTokens { get; set; } = 1200;

    /// <summary>The most tokens of transcript, 100 to 20,000. Default 500.</summary>
    public int TranscriptTokens { get; set; } = 500;

    /// <summary>The most tokens of the rolling summary, 100 to 20,000. Default 200.</summary>
    public int SummaryTokens { get; set; } = 200;

    /// <summary>The most tokens of brief, product and cards together, 250 to 20,000. Default 300.</summary>
    public int BriefTokens { get; set; } = 300;

    /// <summary>The most tokens of passages of the team's notes, beside the total; 0 for none, to 20,000. Default 300.</summary>
    public int NotesTokens { get; set; } = 300;

    /// <summary>
    /// How far back the transcript goes at least, 15 s to 10 minutes; older words stay in it until a summary tells them. Default 90 s.
    /// </summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(90);
}
