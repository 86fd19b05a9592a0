using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class InMemoryLeaseStoreTests : LeaseStoreSpecification
{
    ManualTimeProvider clock = new();
    ILeaseStore store = null!;

    protected override ILeaseStore Store => store;

    [SetUp]
    public void MakeStore() => store = new InMemoryLeaseStore(clock = new ManualTimeProvider());

    protected override Task LetPass(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
