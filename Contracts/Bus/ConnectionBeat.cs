namespace Teleprompter.Bus;

/// <summary>One connection in a gateway's heartbeat.</summary>
/// <param name="Epoch">The ownership the gateway believes in.</param>
/// <param name="Attached">The connection; a worker that does not know it takes it as attached.</param>
/// <param name="LastSeq">The last sequence number sent for it, so that a lost last message is noticed.</param>
public sealed record ConnectionBeat(string CallId, long Epoch, ClientAttached Attached, long LastSeq);
