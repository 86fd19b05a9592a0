using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Rehearsals;

/// <summary>
/// Lets rehearsals in: with a persona that every worker has, so many at once at this gateway, and one at a time for each signed-in rep, who
/// holds a lease for as long as a gateway has the rehearsal's connection. Without sign-in nobody knows who a rep is.
/// </summary>
public sealed class RehearsalGate(
    WorkerDirectory workers, LiveCalls calls, ILeaseStore leases, ICallStore store, IOptions<RehearsalOptions> options)
{
    /// <summary>How long a lease lasts after it was extended.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    /// <summary>The buyers that a rehearsal can be started with.</summary>
    public IReadOnlyList<PersonaView> Personas => options.Value.AtMost == 0 ? [] : workers.Personas;

    /// <summary>Lets a rehearsal begin; a call with a customer always may.</summary>
    /// <exception cref="HubException">It may not, and why.</exception>
    public async Task Begin(CallRecord record, CancellationToken cancellationToken)
    {
        if (record.Rehearsal is not { } rehearsal)
        {
            return;
        }

        // Nobody knows the personas while no worker was heard of: the call's placement waits for one, and says so where none comes.
        var personas = Personas;
        if ((workers.Alive > 0 || options.Value.AtMost == 0)
            && !personas.Any(persona => persona.PersonaId == rehearsal.PersonaId))
        {
            var ids = string.Join(", ", personas.Select(persona => persona.PersonaId));
            Refuse("personaUnknown", ids.Length == 0
                ? "There are no personas to rehearse with here."
                : $"There is no persona '{rehearsal.PersonaId}'. Use one of {ids}.");
        }

        if (calls.All.Count(IsRehearsal) >= options.Value.AtMost)
        {
            Refuse("tooManyRehearsals", "As many people as Rehearsals:AtMost allows are rehearsing here. Try again in a few minutes.");
        }

        await TakeLease(record, cancellationToken);
    }

    /// <summary>Takes the lease of a rehearsal's rep, unless another rehearsal of theirs has it and is not over.</summary>
    /// <exception cref="HubException">Another has it.</exception>
    public async Task TakeLease(CallRecord record, CancellationToken cancellationToken)
    {
        if (record is not { Rehearsal: not null, Subject: { } subject })
        {
            return;
        }

        var lease = LeaseOf(subject);
        var holders = await leases.Hold(lease, record.CallId, LeaseLength, cancellationToken: cancellationToken);
        if (holders[0] != record.CallId && (await store.Read(holders[0], cancellationToken) is null or { IsClosed: true }))
        {
            await leases.Release(lease, holders[0], cancellationToken);
            holders = await leases.Hold(lease, record.CallId, LeaseLength, cancellationToken: cancellationToken);
        }

        if (holders[0] != record.CallId)
        {
            Refuse("rehearsesAlready", "You are rehearsing in another window. End that rehearsal first, or close it and wait 15 seconds.");
        }
    }

    /// <summary>Releases the lease of a rehearsal's rep: no other rehearsal waits for it to expire.</summary>
    public ValueTask ReleaseLease(CallRecord record) =>
        record is { Rehearsal: not null, Subject: { } subject } ? leases.Release(LeaseOf(subject), record.CallId) : default;

    /// <summary>Extends the leases of the rehearsals whose connections this gateway has.</summary>
    public async Task ExtendLeases(CancellationToken cancellationToken)
    {
        foreach (var call in calls.All.Where(IsRehearsal))
        {
            if (call.Record.Subject is { } subject)
            {
                await leases.Hold(LeaseOf(subject), call.Record.CallId, LeaseLength, cancellationToken: cancellationToken);
            }
        }
    }

    static bool IsRehearsal(LiveCall call) => call is { Record.Rehearsal: not null, Relay.Ended: false };

    static string LeaseOf(string subject) => $"rehearsal:{subject}";

    static void Refuse(string reason, string message)
    {
        GatewayTelemetry.Refuse(reason);
        throw new HubException(message);
    }
}
