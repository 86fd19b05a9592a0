namespace Teleprompter.Tests.Integration.Redis;

/// <summary>All that a Redis holds, as text.</summary>
static class RedisContents
{
    const string All =
        """
        local all = {}
        for _, key in ipairs(redis.call('KEYS', '*')) do
            local kind = redis.call('TYPE', key)['ok']
            all[#all + 1] = key
            if kind == 'string' then all[#all + 1] = redis.call('GET', key)
            elseif kind == 'hash' then all[#all + 1] = cjson.encode(redis.call('HGETALL', key))
            elseif kind == 'zset' then all[#all + 1] = cjson.encode(redis.call('ZRANGE', key, 0, -1))
            elseif kind == 'list' then all[#all + 1] = cjson.encode(redis.call('LRANGE', key, 0, -1))
            elseif kind == 'stream' then all[#all + 1] = cjson.encode(redis.call('XRANGE', key, '-', '+'))
            else all[#all + 1] = 'UNREAD ' .. kind end
        end
        return all
        """;

    public static async Task<string> Of(RedisServer server)
    {
        var all = await server.Command("EVAL", All, "0");
        Assert.That(all, Does.Not.Contain("UNREAD"));
        return all;
    }
}
