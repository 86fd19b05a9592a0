namespace Teleprompter.Gateway.Calls;

/// <summary>How a segment stands to those before it.</summary>
public enum SegmentFate
{
    /// <summary>New words, or the known final now ends its turn.</summary>
    Fresh,

    /// <summary>A known final: acknowledged again, and nothing more.</summary>
    Repeated,

    /// <summary>An interim after its final: ignored.</summary>
    TooLate,

    /// <summary>A final with other words than before: refused.</summary>
    Contradiction,
}
