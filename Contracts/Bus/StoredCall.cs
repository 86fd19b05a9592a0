using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>All that is kept of a call.</summary>
/// <param name="Ownership">Its owner; null when nobody owns it yet.</param>
public sealed record StoredCall(CallRecord Record, CallOwnership? Ownership, IReadOnlyList<CallInput> Entries)
{
    /// <summary>The consent that was recorded last; null for none.</summary>
    public RecordedConsent? Consent => Entries.OfType<ConsentGiven>().LastOrDefault()?.Consent ?? Record.Consent;

    /// <summary>The call is over and cannot be resumed.</summary>
    public bool IsClosed => Entries.OfType<CallClosed>().Any();
}
