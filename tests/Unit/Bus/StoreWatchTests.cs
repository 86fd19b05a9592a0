using Teleprompter.Bus;
using Teleprompter.Hosting.Storage;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class StoreWatchTests
{
    readonly ManualTimeProvider time = new();
    readonly NamedStore store = new();
    readonly List<StoreChange> changes = [];
    StoreWatch watch = null!;

    [SetUp]
    public async Task Start()
    {
        watch = new StoreWatch(store, time);
        watch.Changed += (_, changed) => changes.Add(changed.Change);
        await watch.StartAsync(CancellationToken.None);
        await Looked();
    }

    [TearDown]
    public void Stop() => watch.Dispose();

    [Test]
    public async Task A_store_that_goes_away_is_noticed_within_two_seconds_and_said_once()
    {
        store.Name = null;
        await Look(times: 4);

        Assert.That(changes, Is.EqualTo([StoreChange.Away]));
        Assert.That(watch.IsAway, Is.True);
    }

    [Test]
    public async Task A_store_that_comes_back_with_its_data_is_back()
    {
        store.Name = null;
        await Look();
        store.Name = "first";
        await Look();

        Assert.That(changes, Is.EqualTo([StoreChange.Away, StoreChange.Back]));
        Assert.That(watch.IsAway, Is.False);
    }

    [Test]
    public async Task A_store_that_lost_its_data_is_noticed_whether_or_not_it_was_seen_away()
    {
        store.Name = "second";
        await Look();

        Assert.That(changes, Is.EqualTo([StoreChange.Lost]));
        Assert.That(await watch.MayMissCalls(CancellationToken.None), Is.True, "owners need a moment to put their calls back");

        await Look(times: 6);
        Assert.That(await watch.MayMissCalls(CancellationToken.None), Is.False);
    }

    async Task Look(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            time.Advance(StoreWatch.Interval);
            await Looked();
        }
    }

    async Task Looked()
    {
        while (time.ArmedTimers == 0 || !store.TakeLooked())
        {
            await Task.Yield();
        }

        // It looks once at a time: this look begins when that one has told what it found.
        await watch.MayMissCalls(CancellationToken.None);
        store.TakeLooked();
    }

    sealed class NamedStore : ICallStore
    {
        int looks;

        public string? Name { get; set; } = "first";

        public bool TakeLooked() => Interlocked.Exchange(ref looks, 0) > 0;

        public ValueTask<string> Incarnation(CancellationToken cancellationToken = default)
        {
            var name = Name;
            Interlocked.Increment(ref looks);
            return name is null ? throw new CallStoreUnavailableException() : ValueTask.FromResult(name);
        }

        public ValueTask Open(CallRecord record, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<CallOwnership?> Claim(
            string callId, string? expectedOwner, string newOwner, long highestEpochSeen, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<AppendResult> Append(string callId, long epoch, CallInput entry, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<StoredCall?> Read(string callId, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> Restore(StoredCall call, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask Erase(string callId, string? subject, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<string>> CallsOf(string? subject, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask Expire(string callId, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
