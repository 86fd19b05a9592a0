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

    protected override Task Wait(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }
}
