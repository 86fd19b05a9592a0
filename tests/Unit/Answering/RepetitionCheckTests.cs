using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.Tests.Unit.Clock;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Answering;

/// <summary>Answers that say again what was suggested before.</summary>
public sealed class RepetitionCheckTests
{
    const string Before = "Let's run a two-week pilot with the Berlin team. We agree on the success number up front.";

    [TestCase(Before, ExpectedResult = true)]
    [TestCase("We could run a pilot of two weeks with the team in Berlin.", ExpectedResult = true)]
    [TestCase("We agree up front on the number that means success.", ExpectedResult = true)]
    [TestCase("Let's run a two-week pilot with the Berlin team. Who should be in the first call with us?", ExpectedResult = false)]
    [TestCase("Let's run a 6-week pilot with the Berlin team.", ExpectedResult = false)]
    [TestCase("Which rules must your data meet, and who reviews them?", ExpectedResult = false)]
    [TestCase("Of course.", ExpectedResult = false)]
    [TestCase("PASS", ExpectedResult = false)]
    public Task<bool> An_answer_repeats_where_all_of_it_was_suggested_before(string answer) =>
        Repeats(answer, "And what does security say about it?", ShippedPlaybook.Edition);

    [TestCase(Before, ExpectedResult = true)]
    [TestCase("Which rules must your data meet, and who reviews them?", ExpectedResult = false)]
    public Task<bool> Words_alone_find_the_same_words(string answer) =>
        Repeats(answer, "And what does security say about it?", ShippedPlaybook.ByWords);

    [TestCase("Sorry, can you say that again?", ExpectedResult = false)]
    [TestCase("so how would a pilot with you look like", ExpectedResult = false)]
    public Task<bool> A_customer_who_asks_again_gets_the_same_answer(string turn) => Repeats(Before, turn, ShippedPlaybook.Edition);

    [Test]
    public async Task An_answer_that_nobody_compares_in_time_counts_as_new()
    {
        var time = new ManualTimeProvider();
        var check = new RepetitionCheck(new CallMatching(new MatchingStage(() => ShippedPlaybook.Edition, time), _ => true), time);
        var repeats = check.Repeats(Before, Prompt("And security?"), CancellationToken.None);
        Assert.That(repeats.IsCompleted, Is.False);
        time.Advance(RepetitionCheck.Patience);
        Assert.That(await repeats, Is.False);
    }

    [Test]
    public async Task Where_nothing_was_suggested_nothing_is_compared()
    {
        var check = new RepetitionCheck(
            new CallMatching(new MatchingStage(() => throw new InvalidOperationException(), TimeProvider.System), _ => true),
            TimeProvider.System);
        Assert.That(await check.Repeats(Before, Prompt("Hello?") with { Earlier = [] }, CancellationToken.None), Is.False);
    }

    static async Task<bool> Repeats(string answer, string turn, PlaybookEdition playbook)
    {
        using var stage = new MatchingStage(() => playbook, new ManualTimeProvider());
        await stage.StartAsync(CancellationToken.None);
        var patient = new ManualTimeProvider();
        var repeats = await new RepetitionCheck(new CallMatching(stage, _ => true), patient)
            .Repeats(answer, Prompt(turn), CancellationToken.None);
        await stage.StopAsync(CancellationToken.None);
        return repeats;
    }

    static ModelPrompt Prompt(string turn) => new([], MaxTokens: 100)
    {
        Turn = turn,
        Earlier = [new EarlierAnswer(Before, "How would a pilot with you look?")],
    };
}
