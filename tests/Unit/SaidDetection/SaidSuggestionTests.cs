using Teleprompter.InferenceWorker.Playbook;
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

    [TestCase(true, 0.98, 0.94)]
    [TestCase(false, 0.98, 0.8)]
    public async Task On_pairs_it_was_not_tuned_on_few_are_wrong_and_few_are_missed(bool byMeaning, double precision, double recall)
    {
        var vectors = byMeaning ? ShippedPlaybook.Vectors : null;
        foreach (var half in Pairs.GroupBy(pair => pair.HeldOut).OrderBy(half => half.Key))
        {
            var name = half.Key ? "held-out" : "tuning";
            await TestContext.Out.WriteLineAsync(
                $"{name}: {half.Count()} pairs, precision {Precision(half, vectors):0.000}, recall {Recall(half, vectors):0.000}");
            foreach (var wrong in half.Where(pair => pair.Judged(vectors) != pair.Said))
            {
                await TestContext.Out.WriteLineAsync(
                    $"  {SaidSuggestion.Share(wrong.Suggestion, wrong.Rep, vectors, new PassageVectors()):0.00} {wrong.Kind}: {wrong.Rep}");
            }
        }

        var heldOut = Pairs.Where(pair => pair.HeldOut).ToList();
        Assert.That(heldOut, Has.Count.GreaterThanOrEqualTo(60));
        Assert.That(Precision(heldOut, vectors), Is.GreaterThanOrEqualTo(precision));
        Assert.That(Recall(heldOut, vectors), Is.GreaterThanOrEqualTo(recall));
    }

    [Test]
    public void Words_count_in_any_order_and_through_hesitation() => Assert.That(
        IsSaid(
            "Which country does it have to stay in, and is that for storage only?",
            "So is it, um, storage only? And, uh, what country must that stay in?"));

    [TestCase("")]
    [TestCase("Sure.")]
    [TestCase("Okay, so, yes, that is what it is.")]
    public void Words_that_hold_sentences_together_say_nothing(string rep) =>
        Assert.That(IsSaid("What is it that you would do with it, and is that what it is for you?", rep), Is.False);

    [Test]
    public void Words_scattered_over_a_monologue_are_not_said()
    {
        var padding = string.Concat(Enumerable.Repeat("and then we went on with something else entirely, ", 4));
        Assert.That(
            IsSaid(
                "Shall I reserve an engineer for the audit in March?",
                $"The audit {padding} in March {padding} an engineer {padding} to reserve"),
            Is.False);
    }

    static bool IsSaid(string suggestion, string rep, TextVectors? vectors = null) =>
        SaidSuggestion.Is(suggestion, rep, vectors, new PassageVectors());

    static double Precision(IEnumerable<LabelledPair> pairs, TextVectors? vectors) =>
        Share(pairs.Where(pair => pair.Judged(vectors)), pair => pair.Said);

    static double Recall(IEnumerable<LabelledPair> pairs, TextVectors? vectors) =>
        Share(pairs.Where(pair => pair.Said), pair => pair.Judged(vectors));

    static double Share(IEnumerable<LabelledPair> pairs, Func<LabelledPair, bool> right) => pairs.Average(pair => right(pair) ? 1.0 : 0);

    sealed record LabelledPair(string Suggestion, string Rep, string Kind, bool Said, bool HeldOut)
    {
        public bool Judged(TextVectors? vectors) => IsSaid(Suggestion, Rep, vectors);
    }
}
