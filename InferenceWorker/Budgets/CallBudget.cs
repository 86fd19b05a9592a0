using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Budgets;

/// <summary>
/// Whether the person or the team of a call has spent today's budget. It never waits: what is spent is counted in the store meanwhile, and
/// the store's answers say what other calls have spent. Thread-safe.
/// </summary>
/// <param name="spent">Called when a budget turns out to be spent.</param>
public sealed class CallBudget(BudgetServices services, CallRecord call, Action spent)
{
    readonly Lock sync = new();
    DateOnly? spentOn;

    public bool IsSpent
    {
        get
        {
            lock (sync)
            {
                return spentOn == services.Today;
            }
        }
    }

    /// <summary>Asks what was spent before this call.</summary>
    public void Begin() => Spend(BudgetUse.None);

    /// <summary>Counts what the call has asked of a model.</summary>
    public void Spend(BudgetUse use)
    {
        if (services.Options.IsLimited)
        {
            _ = Count(use);
        }
    }

    async Task Count(BudgetUse use)
    {
        try
        {
            var today = services.Today;
            var scope = services.Options.SpentBy(await services.Store.Add(today, call.Subject, call.Team, use));
            if (scope is not null && Note(today))
            {
                BudgetTelemetry.Spend(scope);
                spent();
            }
        }
        catch (CallStoreUnavailableException)
        {
            BudgetTelemetry.Miss(use);
        }
    }

    /// <returns>Whether it is news.</returns>
    bool Note(DateOnly day)
    {
        lock (sync)
        {
            var news = spentOn != day;
            spentOn = day;
            return news;
        }
    }
}
