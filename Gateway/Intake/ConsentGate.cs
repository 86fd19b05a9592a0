using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Consents;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>Takes nothing said on a call before the consent that its team needs is recorded.</summary>
public sealed class ConsentGate(ConsentRules rules)
{
    /// <summary>Refuses what is said on a call that was deleted, or whose consent is missing.</summary>
    /// <exception cref="HubException">It is to be refused.</exception>
    public void Require(LiveCall call)
    {
        if (call.Erased)
        {
            GatewayTelemetry.Refuse("erased");
            throw new HubException("The call was deleted, and nothing more of it is taken. Start a new one.");
        }

        // In a rehearsal nobody speaks but the rep.
        if (call.Record.Rehearsal is null && rules.Missing(call.Consent?.Consent, call.Record.Team) is { } missing)
        {
            GatewayTelemetry.Refuse("consent");
            throw new HubException(new Refusal(missing, MayRetry: false, NeedsConsent: true).ToString());
        }
    }
}
