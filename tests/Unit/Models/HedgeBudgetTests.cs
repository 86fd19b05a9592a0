using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models.Hedging;

namespace Teleprompter.Tests.Unit.Models;

public sealed class HedgeBudgetTests
{
    static readonly AdmissionLoad Quiet = new(Slots: 8, Used: 1, Pending: 0, Held: 0);

    [TestCase(0.05, 20, 1)]
    [TestCase(0.05, 19, 0)]
    [TestCase(0.05, 60, 3)]
    [TestCase(0.5, 2, 1)]
    [TestCase(0, 1000, 0)]
    public void Second_requests_are_at_most_their_part_of_the_suggestions(double extra, int suggestions, int allowed)
    {
        var budget = new HedgeBudget(extra);
        Earn(budget, suggestions);
        Assert.That(Spend(budget), Is.EqualTo(allowed));
    }

    [Test]
    public void Over_any_number_of_suggestions_that_are_all_late_the_part_holds()
    {
        var budget = new HedgeBudget(0.05);
        var asked = 0;
        for (var suggestion = 1; suggestion <= 2000; suggestion++)
        {
            budget.Earn();
            asked += budget.TrySpend(answers: true, Quiet, veryLate: true) == HedgeDecision.Ask ? 1 : 0;
            Assert.That(asked, Is.LessThanOrEqualTo((0.05 * suggestion) + 1e-6));
        }

        Assert.That(asked, Is.EqualTo(100));
    }

    [Test]
    public void A_long_quiet_time_does_not_pay_for_a_burst_of_second_requests()
    {
        var budget = new HedgeBudget(0.05);
        Earn(budget, suggestions: 10_000);
        Assert.That(Spend(budget), Is.EqualTo(HedgeBudget.Most));
    }

    [Test]
    public void A_model_that_rests_a_rate_limit_and_short_slots_each_refuse_and_spend_nothing()
    {
        var budget = new HedgeBudget(0.5);
        Earn(budget, suggestions: 2);
        Assert.Multiple(() =>
        {
            Assert.That(budget.TrySpend(answers: false, Quiet, veryLate: true), Is.EqualTo(HedgeDecision.Resting));
            Assert.That(
                budget.TrySpend(answers: true, Quiet with { Throttled = true }, veryLate: true),
                Is.EqualTo(HedgeDecision.RateLimited));
            Assert.That(budget.TrySpend(answers: true, Quiet with { Pending = 1 }, veryLate: true), Is.EqualTo(HedgeDecision.SlotsShort));
            Assert.That(budget.TrySpend(answers: true, Quiet with { Held = 1 }, veryLate: true), Is.EqualTo(HedgeDecision.SlotsShort));
            Assert.That(budget.TrySpend(answers: true, Quiet with { Used = 7 }, veryLate: true), Is.EqualTo(HedgeDecision.SlotsShort));
            Assert.That(budget.TrySpend(answers: true, Quiet with { Used = 6 }, veryLate: true), Is.EqualTo(HedgeDecision.Ask));
            Assert.That(budget.TrySpend(answers: true, Quiet, veryLate: true), Is.EqualTo(HedgeDecision.OverBudget));
        });
    }

    [Test]
    public void The_last_second_request_is_kept_for_first_words_that_are_very_late()
    {
        var budget = new HedgeBudget(0.5);
        Earn(budget, suggestions: 4);
        Assert.That(budget.TrySpend(answers: true, Quiet, veryLate: false), Is.EqualTo(HedgeDecision.Ask));
        Assert.That(budget.TrySpend(answers: true, Quiet, veryLate: false), Is.EqualTo(HedgeDecision.OverBudget));
        Assert.That(budget.TrySpend(answers: true, Quiet, veryLate: true), Is.EqualTo(HedgeDecision.Ask));
    }

    static void Earn(HedgeBudget budget, int suggestions)
    {
        for (var i = 0; i < suggestions; i++)
        {
            budget.Earn();
        }
    }

    static int Spend(HedgeBudget budget)
    {
        var asked = 0;
        while (budget.TrySpend(answers: true, Quiet, veryLate: true) == HedgeDecision.Ask)
        {
            asked++;
        }

        return asked;
    }
}
