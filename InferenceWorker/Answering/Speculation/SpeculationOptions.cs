using System.ComponentModel.DataAnnotations;

namespace Teleprompter.InferenceWorker.Answering.Speculation;

/// <summary>Answers ahead of the end of a turn. Section <c>Speculation</c>, read live.</summary>
public sealed class SpeculationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Speculation";

    /// <summary>Whether attempts start at all; true by default. A change counts from the next attempt.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Tokens of discarded attempts for each token shown, 0 to 10; beyond it no attempt starts. 1 by default.</summary>
    [Range(0.0, 10.0, ErrorMessage = "Speculation:DiscardedPerShown must lie between 0 and 10.")]
    public double DiscardedPerShown { get; set; } = 1;

    /// <summary>Share of the model's slots that must be free before an attempt starts, 0 to 1; a quarter by default.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Speculation:FreeSlots must lie between 0 and 1.")]
    public double FreeSlots { get; set; } = 0.25;
}
