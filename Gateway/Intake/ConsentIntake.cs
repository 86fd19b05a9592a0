using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Audit;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Consents;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Intake;

/// <summary>Records and revokes the consent to live calls.</summary>
public sealed class ConsentIntake(ConsentRules rules, CallIntake intake, CallErasure erasure, AuditLog audit)
{
    /// <summary>Records a consent with its call; what is said is taken from then on.</summary>
    /// <returns>When stored.</returns>
    /// <exception cref="HubException">It is not valid, or less than the team needs.</exception>
    public async Task Record(LiveCall call, Consent? consent, SignedInUser user)
    {
        var recorded = rules.Accept(consent, user, call.Record.Team);
        await intake.Accept(call, new ConsentGiven(recorded));
        call.Consent = recorded;
    }

    /// <summary>Records the consent that a client brings along where a call that it takes up again has none.</summary>
    public Task RecordMissing(LiveCall call, Consent? consent, SignedInUser user) =>
        consent is null || call.Consent is not null ? Task.CompletedTask : Record(call, consent, user);

    /// <summary>Ends the call at once and deletes what is kept of it.</summary>
    /// <exception cref="CallStoreUnavailableException">The call has ended; what is kept could not be deleted now.</exception>
    public async Task Revoke(LiveCall call, SignedInUser user)
    {
        await erasure.Erase(call, EndReason.ConsentRevoked);
        await audit.Write(AuditAction.ConsentRevoked, user, call.Record);
    }
}
