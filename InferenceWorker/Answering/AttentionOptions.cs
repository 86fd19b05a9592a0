using System.ComponentModel.DataAnnotations;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>How much a rep's screen may change. Section <c>Attention</c>.</summary>
public sealed class AttentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Attention";

    /// <summary>
    /// Cards that may take another's place within a minute, 1 to 60; 12 by default. What the rep asks for is not limited.
    /// </summary>
    [Range(1, 60, ErrorMessage = "Attention:CardsPerMinute must lie between 1 and 60.")]
    public int CardsPerMinute { get; set; } = 12;
}
