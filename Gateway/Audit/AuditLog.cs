using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Audit;

/// <summary>
/// Writes the audit trail. What is to be seen of others is given out only once it is written there: while the store is away, nobody
/// watches.
/// </summary>
public sealed class AuditLog(IAuditTrail trail, TimeProvider time)
{
    /// <exception cref="CallStoreUnavailableException">It could not be written: do not go on.</exception>
    public ValueTask Write(AuditAction action, SignedInUser by, CallRecord call, CancellationToken cancellationToken = default) =>
        Write(action, by, call.CallId, call.Team, call.Subject, cancellationToken);

    /// <inheritdoc cref="Write(AuditAction, SignedInUser, CallRecord, CancellationToken)"/>
    public ValueTask Write(
        AuditAction action, SignedInUser by, string? callId, string? team, string? person, CancellationToken cancellationToken) =>
        trail.Append(new AuditEntry(time.GetUtcNow(), action, by.Subject, by.Name, callId, team, person), cancellationToken);
}
