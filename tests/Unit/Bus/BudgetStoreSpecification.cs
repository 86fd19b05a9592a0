using Teleprompter.Bus;

namespace Teleprompter.Tests.Unit.Bus;

/// <summary>What holds for the counts of budgets, wherever they are kept.</summary>
[CancelAfter(30_000)]
public abstract class BudgetStoreSpecification
{
    static readonly DateOnly today = new(2026, 11, 26);

    protected abstract IBudgetStore Store { get; }

    /// <summary>The same store, as another process has it.</summary>
    protected virtual IBudgetStore Other => Store;

    [Test]
    public async Task What_all_processes_add_at_once_is_counted_exactly(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            (i % 2 == 0 ? Store : Other).Add(today, i % 4 < 2 ? "ann" : "bob", "north", new BudgetUse(10, 1), cancellationToken).AsTask()));

        Assert.That(
            await Store.Add(today, "ann", "north", BudgetUse.None, cancellationToken),
            Is.EqualTo(new Spending(new BudgetUse(500, 50), new BudgetUse(1000, 100))));
    }

    [Test]
    public async Task Days_people_and_teams_are_counted_apart(CancellationToken cancellationToken)
    {
        await Store.Add(today, "ann", "north", new BudgetUse(10, 1), cancellationToken);
        await Store.Add(today, null, null, new BudgetUse(5, 0), cancellationToken);

        Assert.That(
            await Store.Add(today.AddDays(1), "ann", "north", BudgetUse.None, cancellationToken),
            Is.EqualTo(new Spending(BudgetUse.None, BudgetUse.None)));
        Assert.That(
            await Store.Add(today, "north", "ann", BudgetUse.None, cancellationToken),
            Is.EqualTo(new Spending(BudgetUse.None, BudgetUse.None)));
        Assert.That(
            await Store.Add(today, null, null, BudgetUse.None, cancellationToken),
            Is.EqualTo(new Spending(new BudgetUse(5, 0), new BudgetUse(5, 0))));
    }
}
