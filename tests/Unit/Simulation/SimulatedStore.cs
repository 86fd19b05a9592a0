using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>The real in-memory store, a way off, that may be away, and may lose what it kept.</summary>
sealed class SimulatedStore
{
    readonly World world;
    readonly Process own;
    readonly HashSet<string> opened = new(StringComparer.Ordinal);
    InMemoryCallStore kept;
    int lives;

    /// <param name="own">Whose timers the store's are.</param>
    public SimulatedStore(World world, Process own)
    {
        (this.world, this.own) = (world, own);
        kept = NewStore();
    }

    public bool Away { get; set; }

    /// <summary>Every call has all that may be kept of it.</summary>
    public bool Full { get; set; }

    /// <summary>Loses everything.</summary>
    /// <returns>The calls there ever were, also those whose clients do not know of them yet.</returns>
    public IEnumerable<string> Flush()
    {
        kept.Dispose();
        kept = NewStore();
        lives++;
        return opened;
    }

    /// <summary>What is kept of a call right now.</summary>
    public StoredCall? Peek(string callId)
    {
        StoredCall? found = null;
        _ = Read();
        return found;

        async Task Read() => found = await kept.Read(callId);
    }

    public ICallStore Connect(Process process) => new Port(this, process);

    InMemoryCallStore NewStore()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(own);
        try
        {
            return new(own.Time, Options.Create(new CallStoreOptions()));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    sealed class Port(SimulatedStore store, Process process) : ICallStore
    {
        readonly World world = store.world;
        long up;

        public async ValueTask Open(CallRecord record, CancellationToken cancellationToken = default) => await Ask(async kept =>
        {
            await kept.Open(record, cancellationToken);
            return store.opened.Add(record.CallId);
        });

        public ValueTask<CallOwnership?> Claim(
            string callId, string? expectedOwner, string newOwner, long highestEpochSeen, CancellationToken cancellationToken = default) =>
            Ask(kept => kept.Claim(callId, expectedOwner, newOwner, highestEpochSeen, cancellationToken));

        public ValueTask<AppendResult> Append(string callId, long epoch, CallInput entry, CancellationToken cancellationToken = default) =>
            Ask(kept => store.Full ? ValueTask.FromResult(AppendResult.Full) : kept.Append(callId, epoch, entry, cancellationToken));

        public ValueTask<StoredCall?> Read(string callId, CancellationToken cancellationToken = default) =>
            Ask(kept => kept.Read(callId, cancellationToken));

        public ValueTask<bool> Restore(StoredCall call, CancellationToken cancellationToken = default) =>
            Ask(kept => kept.Restore(call, cancellationToken));

        public ValueTask<string> Incarnation(CancellationToken cancellationToken = default) =>
            Ask(_ => ValueTask.FromResult($"life {store.lives}"));

        public async ValueTask Erase(string callId, string? subject, CancellationToken cancellationToken = default) =>
            await Ask(async kept =>
        {
            await kept.Erase(callId, subject, cancellationToken);
            return true;
        });

        public ValueTask<IReadOnlyList<string>> CallsOf(string? subject, CancellationToken cancellationToken = default) =>
            Ask(kept => kept.CallsOf(subject, cancellationToken));

        public async ValueTask Expire(string callId, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
            await Ask(async kept =>
        {
            await kept.Expire(callId, timeToLive, cancellationToken);
            return true;
        });

        ValueTask<T> Ask<T>(Func<InMemoryCallStore, ValueTask<T>> question)
        {
            var answer = new TaskCompletionSource<T>();
            up = Math.Max(up, world.Now + Delay());
            world.At(up, () => _ = Reach());
            return new ValueTask<T>(answer.Task);

            async Task Reach()
            {
                var reached = !store.Away;
                var result = reached ? await question(store.kept) : default;
                world.At(world.Now + Delay(), () => process.Run(() =>
                {
                    // An answer that is lost on its way back leaves open what the store did.
                    if (reached && !store.Away)
                    {
                        answer.TrySetResult(result!);
                    }
                    else
                    {
                        answer.TrySetException(new CallStoreUnavailableException());
                    }
                }));
            }
        }

        long Delay() => world.Random.Next(0, 40) == 0 ? world.Random.Next(100_0000) : world.Random.Next(3_0000);
    }
}
