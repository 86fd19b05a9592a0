using System.Text.Json.Serialization;
using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>An event of a call, on its way to the gateway that holds its socket.</summary>
/// <param name="Epoch">The ownership it was made under; a gateway drops older ones.</param>
/// <param name="Seq">Contiguous within an epoch, from 1.</param>
/// <param name="Event">The event, not yet numbered.</param>
/// <param name="ConnectionId">
/// On a <see cref="Restored"/>: the connection that now holds the call. A relay of any other connection learns here that its call moved.
/// </param>
/// <param name="Traceparent">On the beginning of a suggestion: its place in a trace, as W3C Trace Context writes it; null for none.</param>
public sealed record FromWorker(
    long Epoch,
    long Seq,
    CallEvent Event,
    string? ConnectionId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Traceparent = null)
{
    /// <summary>When <see cref="ConnectionId"/> was attempted, as in <see cref="ClientAttached"/>; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Since { get; init; }
}
