using System.Runtime.CompilerServices;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Answering;

[CancelAfter(10_000)]
public sealed class TokenMeterTests
{
    static readonly ModelPrompt Prompt = new([new PromptMessage(PromptRole.User, "one two three four five")], MaxTokens: 100);

    readonly List<TokenUse> spent = [];

    [SetUp]
    public void Begin() => spent.Clear();

    [Test]
    public async Task A_whole_answer_costs_its_prompt_and_its_words(CancellationToken cancellationToken)
    {
        var words = await Read(Answer(failure: null, cancellationToken).Metered(Prompt, spent.Add, cancellationToken));

        Assert.That(words, Is.EqualTo("Half an answer."));
        Assert.That(spent.Single(), Is.EqualTo(new TokenUse(5, spent[0].Out, 0, 0)));
        Assert.That(spent[0].Out, Is.Positive);
    }

    [Test]
    public async Task An_answer_that_was_asked_for_twice_costs_its_prompt_twice()
    {
        var hedged = new[] { new AnswerPart("Half") { Hedged = true }, new AnswerPart(" an answer.") }.ToAsyncEnumerable();
        await Read(hedged.Metered(Prompt, spent.Add, CancellationToken.None));
        Assert.That(spent.Single(), Is.EqualTo(new TokenUse(10, spent[0].Out, 0, 0)));
    }

    [Test]
    public async Task A_cancelled_answer_costs_its_whole_prompt_and_the_words_that_had_come(CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await foreach (var _ in Answer(failure: null, cancel.Token).Metered(Prompt, spent.Add, cancel.Token))
        {
            await cancel.CancelAsync();
            break;
        }

        Assert.That(spent.Single(), Is.EqualTo(new TokenUse(5, spent[0].Out, 5, spent[0].Out)));
        Assert.That(spent[0].Out, Is.Positive);
    }

    [Test]
    public async Task A_failed_answer_is_not_a_cancelled_one([Values] bool tooLate)
    {
        var answer = Answer(new ModelException(ModelFailure.Stalled), CancellationToken.None)
            .Metered(Prompt, spent.Add, CancellationToken.None, new CancellationToken(canceled: tooLate));

        await Assert.ThrowsAsync<ModelException>(() => Read(answer));
        Assert.That(spent.Single().CancelledIn, Is.EqualTo(tooLate ? 5 : 0), "one that is given up for its lateness is");
    }

    static async Task<string> Read(IAsyncEnumerable<AnswerPart> answer)
    {
        var words = "";
        await foreach (var more in answer)
        {
            words += more.Text;
        }

        return words;
    }

    static async IAsyncEnumerable<AnswerPart> Answer(Exception? failure, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new AnswerPart("Half an ");
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return failure is null ? new AnswerPart("answer.") : throw failure;
    }
}
