using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Consents;

/// <summary>What consent a team's calls need, and whether one is enough.</summary>
public sealed class ConsentRules(IOptions<ConsentOptions> options, TimeProvider time)
{
    public ConsentPolicy PolicyOf(string? team) => options.Value.For(team);

    /// <summary>What is missing before anything said on a team's call is taken; null for nothing.</summary>
    /// <param name="consent">The consent that is recorded; null for none.</param>
    public string? Missing(Consent? consent, string? team) => (PolicyOf(team), consent) switch
    {
        ({ Mode: ConsentMode.Off }, _) => null,
        (_, null) => "Consent is not recorded, so nothing said is taken. Ask for it, and invoke RecordConsent.",
        var (policy, given) when given.PolicyVersion != policy.Version =>
            $"The consent policy is version {policy.Version}. Show that one, ask again, and record the answer.",
        ({ Mode: ConsentMode.AllParty }, { Everyone: false }) =>
            "Everybody on the call must agree. Ask them, and record the consent with everyone: true.",
        _ => null,
    };

    /// <summary>A consent as it is recorded.</summary>
    /// <param name="by">Who says so.</param>
    /// <exception cref="HubException">It is not valid, or less than the team needs.</exception>
    public RecordedConsent Accept(Consent? consent, SignedInUser by, string? team)
    {
        if ((Problem(consent) ?? Missing(consent, team)) is { } problem)
        {
            GatewayTelemetry.Refuse("invalid");
            throw new HubException(problem);
        }

        return new RecordedConsent(consent!, time.GetUtcNow(), by.Name ?? by.Subject);
    }

    static string? Problem(Consent? consent) => consent switch
    {
        null => "RecordConsent takes an object.",
        { PolicyVersion: null } => "policyVersion is missing; send back the one of /consent.",
        { PolicyVersion.Length: > ConsentOptions.VersionLength } =>
            $"policyVersion has {consent.PolicyVersion.Length} characters; at most {ConsentOptions.VersionLength} are taken.",
        _ when consent.PolicyVersion.Any(char.IsControl) => "policyVersion contains a control character.",
        _ => null,
    };
}
