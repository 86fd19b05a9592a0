using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>What is spent within one process, until it ends.</summary>
public sealed class InMemoryBudgetStore : IBudgetStore
{
    readonly Dictionary<(DateOnly Day, string Kind, string Name), BudgetUse> spent = [];

    public ValueTask<Spending> Add(
        DateOnly day, string? subject, string? team, BudgetUse use, CancellationToken cancellationToken = default)
    {
        lock (spent)
        {
            foreach (var old in spent.Keys.Where(key => key.Day < day.AddDays(-1)).ToList())
            {
                spent.Remove(old);
            }

            return ValueTask.FromResult(new Spending(Add((day, "person", subject ?? "")), Add((day, "team", team ?? ""))));
        }

        BudgetUse Add((DateOnly, string, string) key) => spent[key] = spent.GetValueOrDefault(key, BudgetUse.None) + use;
    }
}
