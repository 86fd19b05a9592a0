using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

public sealed class ModelDownTests : ModelTests
{
    protected override ModelScript Script => new() { Fault = ModelFault.Status };

    [Test]
    public async Task While_the_model_cannot_answer_the_playbook_does_and_the_status_says_so()
    {
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Panel.TypeAs("Customer", "Is our data secure with you?");

        await Expect(Panel.Status).ToHaveTextAsync("Model unavailable, playbook only");
        await Expect(Panel.CardTitle).ToHaveTextAsync("Security and compliance");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Expect(Panel.Page.Locator(".say .tag")).ToHaveTextAsync("Playbook");
    }
}
