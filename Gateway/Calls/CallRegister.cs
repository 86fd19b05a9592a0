using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Consents;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Storage;

namespace Teleprompter.Gateway.Calls;

/// <summary>
/// Creates calls in the store, and finds those that a client may resume or read. A call belongs to whoever holds its token and, with
/// sign-in, has signed in as the same subject. Every method throws <see cref="CallStoreUnavailableException"/> while the store is away.
/// </summary>
public sealed class CallRegister(
    ICallStore store, StoreWatch watch, ConsentRules consents, IOptions<CallStoreOptions> options, TimeProvider time)
{
    const string OtherUser = "resumeOtherUser";

    /// <summary>Draws so many unpredictable bytes, for the ids and tokens of calls.</summary>
    public Func<int, byte[]> Draw { private get; init; } = RandomNumberGenerator.GetBytes;

    /// <param name="admit">Throws where the call may not begin: nothing is kept then.</param>
    /// <returns>The call, and the token that resumes it.</returns>
    /// <exception cref="HubException">The consent that it brings is not valid, or less than the team needs.</exception>
    public async Task<(StoredCall Call, string Token)> Create(
        StartCallRequest request, SignedInUser user, Func<CallRecord, CancellationToken, Task> admit, CancellationToken cancellationToken)
    {
        var consent = request.Consent is null ? null : consents.Accept(request.Consent, user, user.Team);
        var token = NewSecret(32);
        var brief = request.Brief ?? CallBrief.Empty;
        var record = new CallRecord(
            NewSecret(16), Hash(token), user.Subject, time.GetUtcNow(), brief, LanguageOf(request), user.Team, consent, request.Rehearsal);
        await admit(record, cancellationToken);
        await store.Open(record, cancellationToken);
        return (new StoredCall(record, Ownership: null, Entries: []), token);
    }

    /// <summary>Finds the call that a client wants to resume.</summary>
    /// <returns>The call; null when there is none, it is over, or its token is another.</returns>
    /// <exception cref="HubException">Another user started it.</exception>
    public async Task<StoredCall?> Find(ResumeRequest? resume, SignedInUser user, CancellationToken cancellationToken)
    {
        if (resume is not { CallId: { } callId, ResumeToken: { } token })
        {
            GatewayTelemetry.Start("new");
            return null;
        }

        var stored = await store.Read(callId, cancellationToken);
        if (stored is null && await watch.MayMissCalls(cancellationToken))
        {
            throw new CallStoreUnavailableException("The store has just come back; the call's owner may not have put it back yet.");
        }

        var refusal = stored switch
        {
            null => "resumeUnknown",
            _ when !Matches(token, stored.Record.TokenHash) => "resumeWrongToken",
            _ when stored.Record.Subject != user.Subject => OtherUser,
            { IsClosed: true } => "resumeClosed",
            _ => null,
        };
        GatewayTelemetry.Start(refusal ?? "resumed");
        if (refusal == OtherUser)
        {
            throw new HubException("This call belongs to another user. Leave it, and start a call of your own.");
        }

        return refusal is null ? stored : null;
    }

    /// <summary>Reads a call, over or not.</summary>
    /// <param name="token">The call's resume token. Who signed in and started the call needs none.</param>
    /// <returns>The call; null when there is none, or it belongs to another client.</returns>
    public async Task<StoredCall?> Read(string callId, string? token, SignedInUser user, CancellationToken cancellationToken) =>
        await store.Read(callId, cancellationToken) is { } stored
        && stored.Record.Subject == user.Subject
        && (user.Subject is not null || (token is not null && Matches(token, stored.Record.TokenHash)))
            ? stored
            : null;

    string LanguageOf(StartCallRequest request) => string.IsNullOrEmpty(request.Language) ? options.Value.Language : request.Language;

    string NewSecret(int bytes) => Convert.ToHexStringLower(Draw(bytes));

    static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    static bool Matches(string token, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(token)), Encoding.ASCII.GetBytes(hash));
}
