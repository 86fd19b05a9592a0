using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Summaries;

[CancelAfter(10_000)]
public sealed class SummaryWriterTests
{
    const string Answer = """{"needs":["A quote."],"objections":[],"commitments":[],"nextSteps":[]}""";

    static readonly ModelPrompt Prompt = SummaryPrompt.Of(earlier: null, []);

    readonly ManualTimeProvider time = new();
    readonly List<TokenUse> spent = [];

    [SetUp]
    public void Begin() => spent.Clear();

    [Test]
    public async Task The_models_answer_becomes_the_summary(CancellationToken cancellationToken)
    {
        var summary = await Writer((_, _) => [Answer[..9], Answer[9..]]).Write("call", Prompt, cancellationToken);

        Assert.That(summary!.Needs, Is.EqualTo(new[] { "A quote." }));
    }

    [Test]
    public async Task A_model_that_fails_or_makes_no_sense_writes_none(CancellationToken cancellationToken)
    {
        Assert.That(
            await Writer((_, _) => throw new ModelException(ModelFailure.ServerError, 500)).Write("call", Prompt, cancellationToken),
            Is.Null);
        Assert.That(await Writer((_, _) => ["No idea."]).Write("call", Prompt, cancellationToken), Is.Null);
    }

    [Test]
    public async Task Live_calls_go_first_and_it_waits_for_room_but_not_for_ever(CancellationToken cancellationToken)
    {
        using var gate = new AdmissionGate(Options.Create(new AdmissionOptions { Slots = 1 }), time);
        var live = gate.Ask("live", _ => { });
        var writing = Writer((_, _) => [Answer], gate).Write("call", Prompt, cancellationToken);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(writing.IsCompleted, Is.False);

        Assert.That(spent, Is.Empty, "nothing was asked of the model yet");
        gate.Release(live);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await writing, Is.Not.Null);
        Assert.That(spent.Sum(use => use.In), Is.Positive);
        Assert.That(spent.Sum(use => use.Out), Is.Positive);

        gate.Ask("live", _ => { });
        writing = Writer((_, _) => [Answer], gate).Write("call", Prompt, cancellationToken);
        time.Advance(SummaryWriter.Within);
        Assert.That(await writing, Is.Null);
    }

    SummaryWriter Writer(Func<ModelPrompt, CancellationToken, IEnumerable<string>> answers, AdmissionGate? gate = null) =>
        new(
            new ModelServices(new AnsweringModel(answers), gate ?? new AdmissionGate(Options.Create(new AdmissionOptions()), time)),
            time,
            spent.Add);

    sealed class AnsweringModel(Func<ModelPrompt, CancellationToken, IEnumerable<string>> answers) : ILanguageModel
    {
        public event EventHandler? StateChanged
        {
            add { }
            remove { }
        }

        public ModelState State => ModelState.Ready;

        public async IAsyncEnumerable<AnswerPart> Stream(
            ModelPrompt prompt, [EnumeratorCancellation] CancellationToken cancellation, CancellationToken tooLate = default)
        {
            foreach (var words in answers(prompt, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new AnswerPart(words);
            }

            await Task.CompletedTask;
        }
    }
}
