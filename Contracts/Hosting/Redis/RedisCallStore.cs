using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// The store in Redis: a hash and a stream a call, changed by one script each time. Every method answers or throws
/// <see cref="CallStoreUnavailableException"/> within about a second, and what was given up is not done later.
/// </summary>
/// <param name="options">How long and how much.</param>
public sealed class RedisCallStore(RedisConnection connection, IOptions<CallStoreOptions> options) : ICallStore
{
    readonly RedisValue retention = Milliseconds(options.Value.Retention);

    public async ValueTask Open(CallRecord record, CancellationToken cancellationToken = default)
    {
        await Index(record, cancellationToken);
        await Write(RedisScripts.Open, record.CallId, cancellationToken, Json(record), retention);
    }

    public async ValueTask<CallOwnership?> Claim(
        string callId,
        string? expectedOwner,
        string newOwner,
        long highestEpochSeen,
        CancellationToken cancellationToken = default)
    {
        var owner = await Write(RedisScripts.Claim, callId, cancellationToken, expectedOwner ?? "", newOwner, highestEpochSeen);
        return owner.IsNull ? null : Ownership((RedisValue[]?)owner ?? []);
    }

    public async ValueTask<AppendResult> Append(
        string callId, long epoch, CallInput entry, CancellationToken cancellationToken = default) =>
        Enum.Parse<AppendResult>(
            (string?)await Write(
                RedisScripts.Append, callId, cancellationToken, epoch, Json(entry), options.Value.MaxBytes, retention) ?? "");

    public async ValueTask<StoredCall?> Read(string callId, CancellationToken cancellationToken = default)
    {
        var found = await Run(RedisScripts.Read, RedisNames.Call(callId), [], cancellationToken);
        return found.IsNull ? null : Stored((RedisValue[]?)found ?? []);
    }

    public async ValueTask<bool> Restore(StoredCall call, CancellationToken cancellationToken = default)
    {
        await Index(call.Record, cancellationToken);
        RedisValue[] head = [Json(call.Record), call.Ownership?.Epoch ?? 0, retention];
        return (bool)await Write(RedisScripts.Restore, call.Record.CallId, cancellationToken, [.. head, .. call.Entries.Select(Json)]);
    }

    public async ValueTask<string> Incarnation(CancellationToken cancellationToken = default) =>
        (string?)await Run(RedisScripts.Incarnation, RedisNames.Incarnation, [Guid.NewGuid().ToString("N")], cancellationToken) ?? "";

    public async ValueTask Erase(string callId, string? subject, CancellationToken cancellationToken = default)
    {
        await Write(RedisScripts.Erase, callId, cancellationToken, Milliseconds(CallStoreOptions.ErasedFor));
        await connection.Ask(redis => redis.SortedSetRemoveAsync(RedisNames.CallsOf(subject)[0], callId), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> CallsOf(string? subject, CancellationToken cancellationToken = default)
    {
        var calls = await connection.Ask(redis => redis.SortedSetRangeByRankAsync(RedisNames.CallsOf(subject)[0]), cancellationToken);
        return [.. calls.Select(callId => (string)callId!)];
    }

    public async ValueTask Expire(string callId, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        await Write(RedisScripts.Expire, callId, cancellationToken, Milliseconds(timeToLive));

    static StoredCall Stored(RedisValue[] parts) => new(
        JsonSerializer.Deserialize((byte[]?)parts[0], BusJson.Default.CallRecord)!,
        Ownership(parts.AsSpan(1)),
        [.. parts.Skip(3).Select(entry => JsonSerializer.Deserialize((byte[]?)entry, BusJson.Default.CallInput)!)]);

    static RedisValue Json(CallRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, BusJson.Default.CallRecord);

    static RedisValue Json(CallInput entry) => JsonSerializer.SerializeToUtf8Bytes(entry, BusJson.Default.CallInput);

    static RedisValue Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    static CallOwnership? Ownership(ReadOnlySpan<RedisValue> ownerAndEpoch) =>
        long.Parse((string?)ownerAndEpoch[1] ?? "", CultureInfo.InvariantCulture) is var epoch and > 0
            ? new CallOwnership((string?)ownerAndEpoch[0] ?? "", epoch)
            : null;

    Task<RedisResult> Write(string script, string callId, CancellationToken cancellationToken, params ReadOnlySpan<RedisValue> values) =>
        Run(script, RedisNames.Call(callId), [connection.Clock.In(RedisLink.BeginWithin), .. values], cancellationToken);

    // Before the call is there: a call that is not listed could not be found for the person who asks to have it deleted.
    async Task Index(CallRecord record, CancellationToken cancellationToken) => await Run(
        RedisScripts.Index,
        RedisNames.CallsOf(record.Subject),
        [
            connection.Clock.In(RedisLink.BeginWithin), record.StartedAt.ToUnixTimeMilliseconds(), record.CallId,
            Milliseconds(options.Value.Retention + CallStoreOptions.ErasedFor),
        ],
        cancellationToken);

    Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        connection.Ask(redis => redis.ScriptEvaluateAsync(script, keys, values), cancellationToken);
}
