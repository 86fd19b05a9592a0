namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// What a <see cref="FaultProxy"/> does to one direction of its connections; the words are Toxiproxy's. The default does nothing.
/// </summary>
sealed record Toxic
{
    public static Toxic None { get; } = new();

    /// <summary>Every byte comes so much later.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>And by a random part of this; the order stays.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>At most so many bytes a second; null for no limit.</summary>
    public int? Bandwidth { get; init; }

    /// <summary>Bytes leave in slices of this size; null for as they come.</summary>
    public int? Slicer { get; init; }

    /// <summary>
    /// Nothing passes while it lasts, and nothing is lost: as on a cut wire, what was under way arrives when it is mended.
    /// </summary>
    public bool Blackhole { get; init; }

    /// <summary>The connection is closed after so many bytes of this direction; null for never.</summary>
    public long? LimitData { get; init; }

    /// <summary>After so many bytes of this direction nothing more passes and the connection stays open; null for never.</summary>
    public long? Timeout { get; init; }

    /// <summary>One side's end reaches the other so much later.</summary>
    public TimeSpan SlowClose { get; init; }
}
