using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// What happens to a call within Redis, each in one step. KEYS: the call's hash (<c>record</c>, <c>owner</c>, <c>epoch</c>, <c>bytes</c>)
/// and the stream of its entries (field <c>e</c>). ARGV[1] of what writes is a moment of Redis' clock, in Unix milliseconds: what arrives
/// later was given up by its caller and must not happen.
/// </summary>
static class RedisScripts
{
    public const string InTime =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        if now > tonumber(ARGV[1]) then return redis.error_reply('LATE nobody waits for this any more') end

        """;

    /// <summary>ARGV: deadline, record, retention in ms.</summary>
    public const string Open = InTime +
        """
        redis.call('DEL', KEYS[1], KEYS[2])
        redis.call('HSET', KEYS[1], 'record', ARGV[2], 'owner', '', 'epoch', '0', 'bytes', '0')
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    /// <summary>
    /// KEYS: the sorted set of a person's calls, by their start. ARGV: deadline, start in Unix ms, call id, for how long calls are kept in
    /// ms. Whatever began before that is gone.
    /// </summary>
    public const string Index = InTime +
        """
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[4]))
        redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        return 1
        """;

    /// <summary>ARGV: deadline, expected owner, new owner, highest epoch seen. Returns owner and epoch, or nothing.</summary>
    public const string Claim = InTime +
        """
        local call = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
        if not call[1] then return false end
        if call[1] ~= ARGV[2] then return call end
        local epoch = string.format('%.0f', math.max(call[2] + 1, ARGV[4] + 1, now))
        redis.call('HSET', KEYS[1], 'owner', ARGV[3], 'epoch', epoch)
        return {ARGV[3], epoch}
        """;

    /// <summary>ARGV: deadline, epoch, entry, bytes at most, retention in ms. Returns the name of the <see cref="AppendResult"/>.</summary>
    public const string Append = InTime +
        """
        local call = redis.call('HMGET', KEYS[1], 'epoch', 'bytes')
        if not call[1] then return redis.call('EXISTS', KEYS[1]) == 1 and 'Erased' or 'Unknown' end
        if tonumber(ARGV[2]) < tonumber(call[1]) then return 'Fenced' end
        if call[2] + #ARGV[3] > tonumber(ARGV[4]) then return 'Full' end
        redis.call('XADD', KEYS[2], '*', 'e', ARGV[3])
        redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[5])
        redis.call('PEXPIRE', KEYS[2], ARGV[5])
        return 'Kept'
        """;

    /// <summary>Returns record, owner, epoch and then each entry, or nothing.</summary>
    public const string Read =
        """
        local call = redis.call('HMGET', KEYS[1], 'record', 'owner', 'epoch')
        if not call[1] then return false end
        for i, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+')) do call[3 + i] = entry[2][2] end
        return call
        """;

    /// <summary>ARGV: deadline, record, epoch, retention in ms, then each entry. Returns whether it was put back.</summary>
    public const string Restore = InTime +
        """
        local kept = redis.call('HGET', KEYS[1], 'epoch')
        if kept then
            if tonumber(kept) < tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], 'owner', '', 'epoch', ARGV[3]) end
            return 0
        end
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('DEL', KEYS[2])
        local bytes = 0
        for i = 5, #ARGV do
            redis.call('XADD', KEYS[2], '*', 'e', ARGV[i])
            bytes = bytes + #ARGV[i]
        end
        redis.call('HSET', KEYS[1], 'record', ARGV[2], 'owner', '', 'epoch', ARGV[3], 'bytes', bytes)
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return 1
        """;

    /// <summary>KEYS: the incarnation. ARGV: a name for it, if it has none. Returns its name.</summary>
    public const string Incarnation =
        """
        redis.call('SET', KEYS[1], ARGV[1], 'NX')
        return redis.call('GET', KEYS[1])
        """;

    /// <summary>ARGV: deadline, how long the erasure is remembered in ms. Leaves a hash without a record.</summary>
    public const string Erase = InTime +
        """
        redis.call('DEL', KEYS[1], KEYS[2])
        redis.call('HSET', KEYS[1], 'erased', '1')
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    /// <summary>ARGV: deadline, time to live in ms; zero or less deletes.</summary>
    public const string Expire = InTime +
        """
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        redis.call('PEXPIRE', KEYS[2], ARGV[2])
        return 1
        """;
}
