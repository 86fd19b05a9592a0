namespace Teleprompter.Gateway.Calls;

/// <summary>What a segment is to what was sent before.</summary>
public enum SegmentFate
{
    /// <summary>New words, or news that they end the turn.</summary>
    Fresh,

    /// <summary>A final that is known: acknowledged again, and nothing more.</summary>
    Repeated,

    /// <summary>An interim after its final: ignored.</summary>
    TooLate,

    /// <summary>A final with other words than before: refused.</summary>
    Contradiction,
}
