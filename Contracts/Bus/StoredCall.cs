namespace Teleprompter.Bus;

/// <summary>All that is kept of a call.</summary>
/// <param name="Record">Its start.</param>
/// <param name="Ownership">Its owner; null when nobody owns it yet.</param>
/// <param name="Entries">What happened, in order.</param>
public sealed record StoredCall(CallRecord Record, CallOwnership? Ownership, IReadOnlyList<CallInput> Entries);
