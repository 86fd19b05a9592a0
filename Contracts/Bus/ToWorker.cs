using System.Text.Json.Serialization;

namespace Teleprompter.Bus;

/// <summary>Something that happened to a call, on its way to the worker that owns it.</summary>
/// <param name="Epoch">The ownership the gateway believes in; a worker drops older ones.</param>
/// <param name="ConnectionId">The connection it came by.</param>
/// <param name="Seq">Contiguous per connection, from 1; 0 for what counts in no sequence.</param>
/// <param name="Traceparent">The sender's place in a trace, as W3C Trace Context writes it; null for none.</param>
public sealed record ToWorker(
    string CallId,
    long Epoch,
    string ConnectionId,
    long Seq,
    CallInput Input,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Traceparent = null);
