using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Hosting.InMemory;

/// <summary>The audit trail of one process, as long as the process lives.</summary>
public sealed class InMemoryAuditTrail(TimeProvider time, IOptions<AuditOptions> options) : IAuditTrail
{
    readonly LinkedList<AuditEntry> entries = [];

    public ValueTask Append(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        lock (entries)
        {
            entries.AddFirst(entry);
            while (entries.Count > options.Value.MaxEntries || entries.Last?.Value.At < Oldest)
            {
                entries.RemoveLast();
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditEntry>> Read(
        Func<AuditEntry, bool> which, int count, CancellationToken cancellationToken = default)
    {
        lock (entries)
        {
            return ValueTask.FromResult<IReadOnlyList<AuditEntry>>(
                [.. entries.Where(entry => entry.At >= Oldest && which(entry)).Take(count)]);
        }
    }

    DateTimeOffset Oldest => time.GetUtcNow() - options.Value.Retention;
}
