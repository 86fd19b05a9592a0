using Microsoft.Extensions.Options;
using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Budgets;

/// <summary>What the budgets of all calls share.</summary>
public sealed class BudgetServices(IBudgetStore store, IOptions<BudgetOptions> options, TimeProvider time)
{
    public IBudgetStore Store => store;

    public BudgetOptions Options => options.Value;

    /// <summary>The day whose budget counts now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
