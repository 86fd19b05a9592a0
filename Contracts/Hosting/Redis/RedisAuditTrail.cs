using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Hosting.Redis;

/// <summary>The audit trail in Redis: one stream, trimmed by age and by length with every entry.</summary>
public sealed class RedisAuditTrail(RedisConnection connection, IOptions<AuditOptions> options) : IAuditTrail
{
    const int Page = 1000;

    /// <summary>KEYS: the stream. ARGV: entry, most entries, retention in ms.</summary>
    const string AppendScript =
        """
        local time = redis.call('TIME')
        local oldest = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[3])
        redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[2], '*', 'e', ARGV[1])
        redis.call('XTRIM', KEYS[1], 'MINID', oldest)
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    public async ValueTask Append(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        RedisValue[] values =
        [
            JsonSerializer.SerializeToUtf8Bytes(entry, ContractsJson.Default.AuditEntry), options.Value.MaxEntries,
            (long)options.Value.Retention.TotalMilliseconds,
        ];
        await connection.Ask(redis => redis.ScriptEvaluateAsync(AppendScript, [RedisNames.Audit], values), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<AuditEntry>> Read(
        Func<AuditEntry, bool> which, int count, CancellationToken cancellationToken = default)
    {
        RedisValue oldest = connection.Clock.In(-options.Value.Retention);
        var found = new List<AuditEntry>();
        RedisValue before = "+";
        while (found.Count < count)
        {
            var page = await connection.Ask(
                redis => redis.StreamRangeAsync(RedisNames.Audit, oldest, before, Page, Order.Descending), cancellationToken);
            found.AddRange(page.Select(Entry).Where(which).Take(count - found.Count));
            if (page.Length < Page)
            {
                break;
            }

            before = $"({page[^1].Id}";
        }

        return found;
    }

    static AuditEntry Entry(StreamEntry entry) =>
        JsonSerializer.Deserialize((byte[]?)entry["e"], ContractsJson.Default.AuditEntry)!;
}
