using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class InMemoryBudgetStoreTests : BudgetStoreSpecification
{
    InMemoryBudgetStore store = null!;

    protected override IBudgetStore Store => store;

    [SetUp]
    public void Create() => store = new InMemoryBudgetStore();
}
