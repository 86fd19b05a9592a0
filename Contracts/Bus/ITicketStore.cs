namespace Teleprompter.Bus;

/// <summary>
/// Keeps the tickets that let sockets in, where every gateway finds them. Each can be redeemed once. Every method throws
/// <see cref="CallStoreUnavailableException"/> while the store is away.
/// </summary>
public interface ITicketStore
{
    /// <summary>Keeps a ticket.</summary>
    /// <param name="hash">SHA-256 of the ticket, in hexadecimal; the ticket itself is kept nowhere.</param>
    /// <param name="user">Who is let in by it.</param>
    /// <param name="timeToLive">How long it can be redeemed.</param>
    ValueTask Keep(string hash, string user, TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Redeems a ticket, which is gone then: of two attempts one finds it.</summary>
    /// <returns>Who is let in by it; null for a ticket that is unknown, expired or redeemed.</returns>
    ValueTask<string?> Redeem(string hash, CancellationToken cancellationToken = default);
}
