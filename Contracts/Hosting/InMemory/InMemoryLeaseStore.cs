using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>The leases of one process.</summary>
public sealed class InMemoryLeaseStore(TimeProvider time) : ILeaseStore
{
    readonly Lock sync = new();
    readonly Dictionary<string, (string Holder, DateTimeOffset ExpiresAt)> leases = new(StringComparer.Ordinal);

    public ValueTask<string> Hold(string lease, string holder, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            leases.Where(known => known.Value.ExpiresAt <= now).ToList().ForEach(expired => leases.Remove(expired.Key));
            var held = leases.TryGetValue(lease, out var known) ? known.Holder : holder;
            if (held == holder)
            {
                leases[lease] = (holder, now + timeToLive);
            }

            return ValueTask.FromResult(held);
        }
    }

    public ValueTask Release(string lease, string holder, CancellationToken cancellationToken = default)
    {
        lock (sync)
        {
            if (leases.TryGetValue(lease, out var known) && known.Holder == holder)
            {
                leases.Remove(lease);
            }

            return ValueTask.CompletedTask;
        }
    }
}
