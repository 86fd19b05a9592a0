namespace Teleprompter.Bus;

/// <summary>One call in a worker's heartbeat.</summary>
/// <param name="Epoch">The ownership the worker acts under.</param>
/// <param name="LastSeq">The last sequence number it sent under it, so that a lost last message is noticed.</param>
public sealed record CallBeat(string CallId, long Epoch, long LastSeq);
