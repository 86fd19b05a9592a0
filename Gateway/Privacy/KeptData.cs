using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Audit;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Privacy;

/// <summary>
/// Exports and deletes what is kept: a call for whoever started it, the leads of its team and administrators; a person's calls for that
/// person and administrators. The audit trail has it first.
/// </summary>
public sealed class KeptData(ICallStore store, IAuditTrail trail, CallErasure erasure, AuditLog audit)
{
    const int MostAuditEntries = 1000;

    /// <returns>Null when there is no such call that the user may see.</returns>
    public async Task<CallExport?> Export(string callId, SignedInUser user, CancellationToken cancellationToken)
    {
        var call = await Find(callId, user, cancellationToken);
        if (call is not null)
        {
            await audit.Write(AuditAction.Exported, user, call.Record, cancellationToken);
        }

        return call is null ? null : CallExport.Of(call);
    }

    /// <summary>Ends the call where it is live, and deletes it.</summary>
    /// <returns>False when there is no such call that the user may see.</returns>
    public async Task<bool> Delete(string callId, SignedInUser user, CancellationToken cancellationToken)
    {
        if (await Find(callId, user, cancellationToken) is not { } call)
        {
            return false;
        }

        await audit.Write(AuditAction.Deleted, user, call.Record, cancellationToken);
        await erasure.Erase(call, EndReason.Deleted);
        return true;
    }

    /// <param name="subject">The person; null for the calls that nobody signed in for.</param>
    public async Task<PersonExport> ExportPerson(string? subject, SignedInUser user, CancellationToken cancellationToken)
    {
        await audit.Write(AuditAction.PersonExported, user, callId: null, team: null, subject, cancellationToken);
        var calls = new List<CallExport>();
        foreach (var callId in await store.CallsOf(subject, cancellationToken))
        {
            if (await store.Read(callId, cancellationToken) is { } call)
            {
                calls.Add(CallExport.Of(call));
            }
        }

        var entries = await trail.Read(
            entry => entry.Person == subject || entry.By == subject, MostAuditEntries, cancellationToken);
        return new PersonExport(subject, calls, entries);
    }

    /// <summary>Deletes every call that a person started. The audit trail stays for its own time.</summary>
    /// <param name="subject">The person; null for the calls that nobody signed in for.</param>
    /// <returns>How many were still kept.</returns>
    public async Task<int> DeletePerson(string? subject, SignedInUser user, CancellationToken cancellationToken)
    {
        await audit.Write(AuditAction.PersonDeleted, user, callId: null, team: null, subject, cancellationToken);
        var deleted = 0;
        foreach (var callId in await store.CallsOf(subject, cancellationToken))
        {
            var call = await store.Read(callId, cancellationToken);
            deleted += call is null ? 0 : 1;
            await (call is null ? store.Erase(callId, subject, CancellationToken.None).AsTask() : erasure.Erase(call, EndReason.Deleted));
        }

        return deleted;
    }

    async Task<StoredCall?> Find(string callId, SignedInUser user, CancellationToken cancellationToken) =>
        await store.Read(callId, cancellationToken) is { Record: var record } call
        && (user.SeesTeam(record.Team) || (user.Subject is not null && user.Subject == record.Subject))
            ? call
            : null;
}
