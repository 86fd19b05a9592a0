using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Answering;

public sealed class CallModelTests : IModelUsage
{
    static readonly ModelPrompt Prompt = new([new PromptMessage(PromptRole.User, "How much is it?")], MaxTokens: 100);

    readonly ManualTimeProvider time = new();
    int replaced;

    [Test]
    public void A_second_answer_in_the_place_of_the_first_replaces_it_and_one_in_a_new_place_does_not()
    {
        replaced = 0;
        using var gate = new AdmissionGate(Options.Create(new AdmissionOptions()), time);
        var model = new CallModel("call", new ModelServices(new SilentModel(), gate), time, _ => true, this);

        var place = model.Ask(TimeSpan.Zero);
        model.Write(1, Prompt, CancellationToken.None, CancellationToken.None);
        model.Write(2, Prompt, CancellationToken.None, CancellationToken.None);
        Assert.That(replaced, Is.EqualTo(1));

        model.Release(place);
        model.Ask(TimeSpan.Zero);
        model.Write(3, Prompt, CancellationToken.None, CancellationToken.None);
        Assert.That(replaced, Is.EqualTo(1));
    }

    [Test]
    public void An_adopted_attempt_keeps_its_slot_even_where_no_call_is_granted_one()
    {
        using var gate = new AdmissionGate(Options.Create(new AdmissionOptions { Slots = 2 }), time);
        var model = new CallModel("call", new ModelServices(new SilentModel(), gate), time, _ => true, this);
        var spare = model.TryAskSpare()!;
        gate.Narrow(TimeSpan.FromSeconds(30));

        Assert.That(model.Promote(spare), Is.SameAs(spare));

        Assert.That(spare.State, Is.EqualTo(AdmissionState.Granted));
        Assert.That(gate.Load.Used, Is.EqualTo(1), "it counts as used now");
        gate.Ask("other", _ => { });
        Assert.That(spare.State, Is.EqualTo(AdmissionState.Granted), "it yields no longer");
    }

    [Test]
    public void An_attempt_that_yielded_its_slot_is_not_adopted()
    {
        using var gate = new AdmissionGate(Options.Create(new AdmissionOptions { Slots = 1 }), time);
        var model = new CallModel("call", new ModelServices(new SilentModel(), gate), time, _ => true, this);
        var spare = model.TryAskSpare()!;
        gate.Ask("other", _ => { });

        Assert.That(model.Promote(spare), Is.Null);
        Assert.That(gate.Load.Used, Is.EqualTo(1));
    }

    void IModelUsage.Spend(TokenUse use)
    {
    }

    void IModelUsage.Replace() => replaced++;

    void IModelUsage.Adopt(TimeSpan hidden)
    {
    }

    void IModelUsage.Discard(int tokens)
    {
    }

    sealed class SilentModel : ILanguageModel
    {
        public event EventHandler? StateChanged
        {
            add { }
            remove { }
        }

        public ModelState State => ModelState.Ready;

        public IAsyncEnumerable<AnswerPart> Stream(
            ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate = default) =>
            AsyncEnumerable.Empty<AnswerPart>();
    }
}
