using StackExchange.Redis;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>What is spent, in Redis: a hash for each person and team and day, both counted by one script.</summary>
public sealed class RedisBudgetStore(RedisConnection connection) : IBudgetStore
{
    static readonly TimeSpan keptFor = TimeSpan.FromDays(2);

    /// <summary>KEYS: the person's hash and the team's. ARGV: deadline, tokens, suggestions, time to live in ms.</summary>
    const string AddScript = RedisScripts.InTime +
        """
        local totals = {}
        for i, key in ipairs(KEYS) do
            totals[2 * i - 1] = redis.call('HINCRBY', key, 'tokens', ARGV[2])
            totals[2 * i] = redis.call('HINCRBY', key, 'suggestions', ARGV[3])
            redis.call('PEXPIRE', key, ARGV[4])
        end
        return totals
        """;

    public async ValueTask<Spending> Add(
        DateOnly day, string? subject, string? team, BudgetUse use, CancellationToken cancellationToken = default)
    {
        RedisValue[] values = [connection.Clock.In(RedisLink.BeginWithin), use.Tokens, use.Suggestions, (long)keptFor.TotalMilliseconds];
        var totals = (long[]?)await connection.Ask(
            redis => redis.ScriptEvaluateAsync(AddScript, RedisNames.Spent(day, subject, team), values), cancellationToken);
        return new Spending(new BudgetUse(totals![0], totals[1]), new BudgetUse(totals[2], totals[3]));
    }
}
