using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>
/// A stretch of speech of one speaker, keyed by (<see cref="Speaker"/>, <see cref="SegmentId"/>). A new connection uses fresh ids.
/// </summary>
/// <param name="SegmentId">Unique for its speaker within the call, 1 to 64 characters.</param>
/// <param name="Speaker">Who spoke.</param>
/// <param name="Text">The words so far, at most 2,000 characters.</param>
/// <param name="Final">
/// The text will not change. An identical final is idempotent, an interim after its final is ignored, a differing final is an error.
/// </param>
/// <param name="EndOfTurn">
/// Level 1 judged the thought complete; the same as <paramref name="Final"/> when absent. May rise from false to true by sending the same
/// final again.
/// </param>
/// <param name="StartMs">
/// Start of speech on the call's clock, in milliseconds; fractions are rounded. Implausible times are clamped and counted.
/// </param>
/// <param name="EndMs">End of speech on the call's clock, in milliseconds.</param>
public sealed record TranscriptSegment(
    string SegmentId,
    Speaker Speaker,
    string Text,
    bool Final,
    bool? EndOfTurn = null,
    [property: JsonConverter(typeof(WholeMilliseconds))] long StartMs = 0,
    [property: JsonConverter(typeof(WholeMilliseconds))] long EndMs = 0)
{
    /// <summary>The client's place in a trace, as W3C Trace Context writes it; absent for none. Never kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Traceparent { get; init; }

    /// <summary>Whether this segment closes its speaker's turn.</summary>
    public bool EndsTurn() => Final && (EndOfTurn ?? true);

    /// <summary>The segment with plausible times: clients stamp their words, and clocks differ.</summary>
    /// <param name="now">The call's clock: nothing was said later. It is also the end where none is given.</param>
    /// <returns>The segment; this one when its times are plausible.</returns>
    public TranscriptSegment ClampedTo(TimeSpan now)
    {
        var nowMs = (long)now.TotalMilliseconds;
        var end = EndMs > 0 && EndMs <= nowMs ? EndMs : nowMs;
        var start = Math.Clamp(StartMs, 0, end);
        return (start, end) == (StartMs, EndMs) ? this : this with { StartMs = start, EndMs = end };
    }
}
