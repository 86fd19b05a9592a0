using System.Security.Cryptography;
using System.Text;
using Teleprompter.Bus;

namespace Teleprompter.Gateway.SignIn;

/// <summary>
/// Tickets for sockets. A browser can give a WebSocket no header, and an access token in an address would stay valid in every log that has
/// the address; a ticket is worth nothing once it was used.
/// </summary>
public sealed class Tickets(ITicketStore store)
{
    /// <summary>How long a ticket can be redeemed.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(30);

    /// <summary>Issues a ticket of 256 random bits.</summary>
    public async Task<string> Issue(SignedInUser user, CancellationToken cancellationToken)
    {
        var ticket = RandomNumberGenerator.GetHexString(64, lowercase: true);
        await store.Keep(Hash(ticket), user.ToJson(), ValidFor, cancellationToken);
        return ticket;
    }

    /// <summary>Redeems a ticket; the second attempt finds nothing.</summary>
    public async Task<SignedInUser?> Redeem(string ticket, CancellationToken cancellationToken) =>
        await store.Redeem(Hash(ticket), cancellationToken) is { } user ? SignedInUser.FromJson(user) : null;

    static string Hash(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
}
