using System.Diagnostics.Metrics;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Budgets;

/// <summary>The counters of budgets.</summary>
static class BudgetTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);
    static readonly Counter<long> SpentCounter =
        Meter.CreateCounter<long>("teleprompter.budget.spent", "{call}", "Calls whose user or team has spent the day's budget, by scope.");

    static readonly Counter<long> RefusedCounter =
        Meter.CreateCounter<long>("teleprompter.budget.refused", "{answer}", "Answers left to the playbook because a budget is spent.");

    static readonly Counter<long> MissedCounter =
        Meter.CreateCounter<long>("teleprompter.budget.uncounted", "{token}", "Tokens that no budget has counted: the store was away.");

    public static void Spend(string scope) => SpentCounter.Add(1, new KeyValuePair<string, object?>("scope", scope));

    /// <summary>Counts an answer that the playbook gives, if a spent budget is why.</summary>
    public static void CountRefusal(ModelState state) => RefusedCounter.Add(state == ModelState.OverBudget ? 1 : 0);

    public static void Miss(BudgetUse use) => MissedCounter.Add(use.Tokens);
}
