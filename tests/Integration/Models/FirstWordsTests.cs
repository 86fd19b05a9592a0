using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

/// <summary>Which requests count as a measure of how long first words take.</summary>
[CancelAfter(30_000)]
public sealed class FirstWordsTests
{
    static readonly ModelScript Fast = new() { FirstToken = TimeSpan.Zero, TokenPace = TimeSpan.FromMilliseconds(1) };

    static readonly ModelScript Silent = Fast with { Fault = ModelFault.HangAfterHeaders };

    [Test]
    public async Task A_suggestion_counts_and_neither_a_summary_nor_the_warm_up_does()
    {
        await using var test = await ModelUnderTest.Start(Fast);
        await test.Answer(ModelUnderTest.Prompt with { Use = ModelUse.Summary });
        Assert.That(Slowest(test), Is.Null);
        await test.Answer();
        Assert.That(Slowest(test), Is.Not.Null);
    }

    [Test]
    public async Task A_model_that_has_no_words_in_time_counts_with_the_time_it_had()
    {
        await using var test = await ModelUnderTest.Start(Silent, ("Model:FirstTokenTimeout", "00:00:02"));
        await test.Failure();
        Assert.That(Slowest(test), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(1900)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_question_that_is_withdrawn_or_asked_too_late_counts_for_nothing(bool tooLate)
    {
        await using var test = await ModelUnderTest.Start(Silent);
        using var end = new CancellationTokenSource();
        var asked = tooLate ? test.Failure(tooLate: end.Token) : test.Withdrawn(end.Token);
        await test.Last(_ => true);
        await end.CancelAsync();
        await asked;
        Assert.That(Slowest(test), Is.Null);
    }

    static TimeSpan? Slowest(ModelUnderTest test) => test.Models.Usual.FirstWords.Percentile(1, fewest: 1);
}
