namespace Teleprompter.Contracts;

/// <summary>
/// How far a client has come. Sent from the message handler, never from a timer or an animation frame: hidden pages throttle those.
/// </summary>
/// <param name="Number">The number of the last event handled.</param>
/// <param name="SuggestionId">The suggestion that the two measures below belong to; absent when only progress is reported.</param>
/// <param name="NetworkMs">Segment sent to first words received, less the gateway's own span; milliseconds, 0 to 60,000.</param>
/// <param name="RenderMs">First words received to painted; milliseconds, 0 to 60,000.</param>
public sealed record Progress(long Number, string? SuggestionId = null, double? NetworkMs = null, double? RenderMs = null);
