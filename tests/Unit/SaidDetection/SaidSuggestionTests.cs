using Teleprompter.InferenceWorker.SaidDetection;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.SaidDetection;

/// <summary>How well what reps say is told from what was suggested to them, on labelled pairs.</summary>
public sealed class SaidSuggestionTests
{
    static readonly LabelledPair[] Pairs =
        [
            .. Csv.Rows(Path.Combine(RepositoryFiles.Golden, "said-suggestions.csv"))
                .Select(row => new LabelledPair(row[0], row[1], row[2], row[3] == "yes", row[4] == "held")),
        ];

    [Test]
    public async Task On_pairs_it_was_not_tuned_on_few_are_wrong_and_few_are_missed()
    {
        foreach (var half in Pairs.GroupBy(pair => pair.HeldOut).OrderBy(half => half.Key))
        {
            var name = half.Key ? "held-out" : "tuning";
            await TestContext.Out.WriteLineAsync(
                $"{name}: {half.Count()} pairs, precision {Precision(half):0.000}, recall {Recall(half):0.000}");
            foreach (var wrong in half.Where(pair => pair.Judged != pair.Said))
            {
                await TestContext.Out.WriteLineAsync(
                    $"  {SaidSuggestion.Share(wrong.Suggestion, wrong.Rep):0.00} {wrong.Kind}: {wrong.Rep}");
            }
        }

        var heldOut = Pairs.Where(pair => pair.HeldOut).ToList();
        Assert.That(heldOut, Has.Count.GreaterThanOrEqualTo(60));
        Assert.That(Precision(heldOut), Is.GreaterThanOrEqualTo(0.95));
        Assert.That(Recall(heldOut), Is.GreaterThanOrEqualTo(0.8));
    }

    [Test]
    public void Words_count_in_any_order_and_through_hesitation() => Assert.That(
        SaidSuggestion.Is(
            "Which country does it have to stay in, and is that for storage only?",
            "So is it, um, storage only? And, uh, what country must that stay in?"));

    [TestCase("")]
    [TestCase("Sure.")]
    [TestCase("Okay, so, yes, that is what it is.")]
    public void Words_that_hold_sentences_together_say_nothing(string rep) =>
        Assert.That(SaidSuggestion.Is("What is it that you would do with it, and is that what it is for you?", rep), Is.False);

    [Test]
    public void Words_scattered_over_a_monologue_are_not_said()
    {
        var padding = string.Concat(Enumerable.Repeat("and then we went on with something else entirely, ", 4));
        Assert.That(
            SaidSuggestion.Is(
                "Shall I reserve an engineer for the audit in March?",
                $"The audit {padding} in March {padding} an engineer {padding} to reserve"),
            Is.False);
    }

    static double Precision(IEnumerable<LabelledPair> pairs) => Share(pairs.Where(pair => pair.Judged), pair => pair.Said);

    static double Recall(IEnumerable<LabelledPair> pairs) => Share(pairs.Where(pair => pair.Said), pair => pair.Judged);

    static double Share(IEnumerable<LabelledPair> pairs, Func<LabelledPair, bool> right) => pairs.Average(pair => right(pair) ? 1.0 : 0);

    sealed record LabelledPair(string Suggestion, string Rep, string Kind, bool Said, bool HeldOut)
    {
        public bool Judged => SaidSuggestion.Is(Suggestion, Rep);
    }
}
