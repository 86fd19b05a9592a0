using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>The store within one process: calls live as long as the process does, and no longer than the retention.</summary>
public sealed class InMemoryCallStore : ICallStore, IDisposable
{
    static readonly TimeSpan forgetEvery = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, Entry> calls = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, DateTimeOffset> erased = new(StringComparer.Ordinal);
    readonly TimeProvider time;
    readonly IOptions<CallStoreOptions> options;
    readonly ITimer forgetting;

    public InMemoryCallStore(TimeProvider time, IOptions<CallStoreOptions> options)
    {
        (this.time, this.options) = (time, options);
        forgetting = time.CreateTimer(_ => ForgetExpired(), null, forgetEvery, forgetEvery);
    }

    public ValueTask Open(CallRecord record, CancellationToken cancellationToken = default)
    {
        calls[record.CallId] = new Entry(record) { ExpiresAt = time.GetUtcNow() + options.Value.Retention };
        return ValueTask.CompletedTask;
    }

    public ValueTask<CallOwnership?> Claim(
        string callId,
        string? expectedOwner,
        string newOwner,
        long highestEpochSeen,
        CancellationToken cancellationToken = default)
    {
        if (Find(callId) is not { } call)
        {
            return ValueTask.FromResult<CallOwnership?>(null);
        }

        lock (call)
        {
            if ((call.Ownership?.WorkerId ?? "") == (expectedOwner ?? ""))
            {
                var epoch = Math.Max(
                    Math.Max((call.Ownership?.Epoch ?? 0) + 1, highestEpochSeen + 1),
                    time.GetUtcNow().ToUnixTimeMilliseconds());
                call.Ownership = new CallOwnership(newOwner, epoch);
            }

            return ValueTask.FromResult(call.Ownership);
        }
    }

    public ValueTask<AppendResult> Append(string callId, long epoch, CallInput entry, CancellationToken cancellationToken = default)
    {
        if (Find(callId) is not { } call)
        {
            return ValueTask.FromResult(erased.ContainsKey(callId) ? AppendResult.Erased : AppendResult.Unknown);
        }

        var size = Size(entry);
        lock (call)
        {
            if (epoch < (call.Ownership?.Epoch ?? 0))
            {
                return ValueTask.FromResult(AppendResult.Fenced);
            }

            if (call.Bytes + size > options.Value.MaxBytes)
            {
                return ValueTask.FromResult(AppendResult.Full);
            }

            call.Entries.Add(entry);
            call.Bytes += size;
            call.ExpiresAt = time.GetUtcNow() + options.Value.Retention;
            return ValueTask.FromResult(AppendResult.Kept);
        }
    }

    public ValueTask<StoredCall?> Read(string callId, CancellationToken cancellationToken = default)
    {
        if (Find(callId) is not { } call)
        {
            return ValueTask.FromResult<StoredCall?>(null);
        }

        lock (call)
        {
            return ValueTask.FromResult<StoredCall?>(new StoredCall(call.Record, call.Ownership, [.. call.Entries]));
        }
    }

    public ValueTask<bool> Restore(StoredCall call, CancellationToken cancellationToken = default)
    {
        ForgetExpired();
        if (erased.ContainsKey(call.Record.CallId))
        {
            return ValueTask.FromResult(false);
        }

        var nobodys = call.Ownership is { } last ? new CallOwnership("", last.Epoch) : null;
        var entry = new Entry(call.Record) { Ownership = nobodys, ExpiresAt = time.GetUtcNow() + options.Value.Retention };
        entry.Entries.AddRange(call.Entries);
        entry.Bytes = call.Entries.Sum(Size);
        var kept = calls.GetOrAdd(call.Record.CallId, entry);
        lock (kept)
        {
            if ((kept.Ownership?.Epoch ?? 0) < (nobodys?.Epoch ?? 0))
            {
                kept.Ownership = nobodys;
            }
        }

        return ValueTask.FromResult(kept == entry);
    }

    public ValueTask<string> Incarnation(CancellationToken cancellationToken = default) => ValueTask.FromResult("this process");

    public ValueTask Erase(string callId, string? subject, CancellationToken cancellationToken = default)
    {
        ForgetExpired();
        erased[callId] = time.GetUtcNow() + CallStoreOptions.ErasedFor;
        if (calls.TryRemove(callId, out var call))
        {
            // Whoever has found it just now writes into nothing.
            lock (call)
            {
                call.ExpiresAt = DateTimeOffset.MinValue;
                call.Entries.Clear();
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> CallsOf(string? subject, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<string>>(
        [
            .. from call in calls.Values
               where call.Record.Subject == subject && call.ExpiresAt > time.GetUtcNow()
               orderby call.Record.StartedAt
               select call.Record.CallId,
        ]);

    public ValueTask Expire(string callId, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        if (Find(callId) is { } call)
        {
            lock (call)
            {
                call.ExpiresAt = time.GetUtcNow() + timeToLive;
            }
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => forgetting.Dispose();

    static long Size(CallInput entry) => JsonSerializer.SerializeToUtf8Bytes(entry, BusJson.Default.CallInput).Length;

    Entry? Find(string callId) => calls.TryGetValue(callId, out var call) && call.ExpiresAt > time.GetUtcNow() ? call : null;

    void ForgetExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (callId, call) in calls)
        {
            if (call.ExpiresAt <= now)
            {
                calls.TryRemove(callId, out _);
            }
        }

        foreach (var (callId, until) in erased)
        {
            if (until <= now)
            {
                erased.TryRemove(callId, out _);
            }
        }
    }

    sealed class Entry(CallRecord record)
    {
        public CallRecord Record { get; } = record;

        public CallOwnership? Ownership { get; set; }

        public List<CallInput> Entries { get; } = [];

        public long Bytes { get; set; }

        public DateTimeOffset ExpiresAt { get; set; }
    }
}
