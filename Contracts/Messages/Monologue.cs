namespace Teleprompter.Contracts;

/// <summary>A stretch in which one speaker held the floor.</summary>
/// <param name="Speaker">Who.</param>
/// <param name="StartMs">From when on, on the call's clock, in milliseconds.</param>
/// <param name="DurationMs">How long, in milliseconds.</param>
public sealed record Monologue(Speaker Speaker, long StartMs, long DurationMs);
