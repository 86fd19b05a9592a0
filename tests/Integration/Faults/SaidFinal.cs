using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Final words a client said.</summary>
/// <param name="Segment">The words.</param>
/// <param name="AtMs">When, in milliseconds on the scripted model's clock.</param>
sealed record SaidFinal(TranscriptSegment Segment, double AtMs)
{
    /// <summary>When the gateway acknowledged them; null while it has not.</summary>
    public double? AcknowledgedMs { get; set; }

    /// <summary>Why the gateway refused them for good; null while it has not.</summary>
    public string? Refusal { get; set; }
}
