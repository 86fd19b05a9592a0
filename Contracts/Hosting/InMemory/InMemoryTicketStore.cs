using System.Collections.Concurrent;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>The tickets of one process.</summary>
public sealed class InMemoryTicketStore(TimeProvider time) : ITicketStore
{
    readonly ConcurrentDictionary<string, (string User, DateTimeOffset ExpiresAt)> tickets = new(StringComparer.Ordinal);
    long nextSweep;

    public ValueTask Keep(string hash, string user, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        tickets[hash] = (user, now + timeToLive);
        var due = Interlocked.Read(ref nextSweep);
        if (now.UtcTicks >= due && Interlocked.CompareExchange(ref nextSweep, (now + timeToLive).UtcTicks, due) == due)
        {
            foreach (var expired in tickets.Where(ticket => ticket.Value.ExpiresAt <= now))
            {
                tickets.TryRemove(expired);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> Redeem(string hash, CancellationToken cancellationToken = default) => ValueTask.FromResult(
        tickets.TryRemove(hash, out var ticket) && ticket.ExpiresAt > time.GetUtcNow() ? ticket.User : null);
}
