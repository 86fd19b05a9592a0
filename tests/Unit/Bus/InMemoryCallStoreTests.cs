using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class InMemoryCallStoreTests : CallStoreSpecification
{
    readonly ManualTimeProvider time = new();

    protected override ICallStore Store { get => field ??= new InMemoryCallStore(time, Options.Create(new CallStoreOptions())); }

    protected override ICallStore SmallStore =>
        field ??= new InMemoryCallStore(time, Options.Create(new CallStoreOptions { MaxBytes = 64 * 1024 }));

    [Test]
    public async Task What_has_expired_is_forgotten_though_nobody_opens_another_call()
    {
        var kept = await Kept();
        time.Advance(TimeSpan.FromMinutes(31));
        GC.Collect();

        Assert.That(kept.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    async Task<WeakReference> Kept()
    {
        var record = new CallRecord("c1", "hash", null, DateTimeOffset.UnixEpoch, new(), null);
        await Store.Open(record);
        return new WeakReference(record);
    }

    protected override Task Wait(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }
}
