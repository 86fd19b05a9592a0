namespace Teleprompter.Bus;

/// <summary>Something that happened to a call, on its way to the worker that owns it.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Epoch">The ownership the gateway believes in; a worker drops older ones.</param>
/// <param name="Seq">Contiguous per gateway connection, from 1.</param>
/// <param name="Input">What happened.</param>
public sealed record ToWorker(string CallId, long Epoch, long Seq, CallInput Input);
