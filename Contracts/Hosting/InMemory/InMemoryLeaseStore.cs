using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>The leases of one process.</summary>
public sealed class InMemoryLeaseStore(TimeProvider time) : ILeaseStore
{
    readonly Lock sync = new();
    readonly Dictionary<(string Lease, string Holder), DateTimeOffset> expiries = [];

    public ValueTask<IReadOnlyList<string>> Hold(
        string lease, string holder, TimeSpan timeToLive, int places = 1, CancellationToken cancellationToken = default)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            expiries.Where(known => known.Value <= now).ToList().ForEach(expired => expiries.Remove(expired.Key));
            if (expiries.ContainsKey((lease, holder)) || HoldersOf(lease).Count < places)
            {
                expiries[(lease, holder)] = now + timeToLive;
            }

            return ValueTask.FromResult(HoldersOf(lease));
        }
    }

    public ValueTask Release(string lease, string holder, CancellationToken cancellationToken = default)
    {
        lock (sync)
        {
            expiries.Remove((lease, holder));
            return ValueTask.CompletedTask;
        }
    }

    IReadOnlyList<string> HoldersOf(string lease) => [.. expiries.Keys.Where(key => key.Lease == lease).Select(key => key.Holder)];
}
