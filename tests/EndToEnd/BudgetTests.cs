using Microsoft.Playwright;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

public sealed class BudgetTests : ModelTests
{
    protected override ModelScript Script => new() { FirstToken = TimeSpan.Zero, TokenCount = 12 };

    protected override string[] Settings => ["--Budget:UserSuggestions=1"];

    [Test]
    public async Task Once_a_budget_is_spent_the_playbook_answers_and_the_status_says_so_at_every_width_in_light_and_dark()
    {
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Expect(Panel.Page.Locator(".say .tag")).Not.ToHaveTextAsync("Playbook");
        await Expect(Panel.Status).ToHaveTextAsync("Today's budget is spent, playbook only");
        await Panel.TypeAs("Customer", "Is our data secure with you?");
        await Expect(Panel.CardTitle).ToHaveTextAsync("Security and compliance");
        await Expect(Panel.Page.Locator(".say .tag")).ToHaveTextAsync("Playbook");

        foreach (var (width, scheme) in ((int, ColorScheme)[])
            [(360, ColorScheme.Light), (360, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark)])
        {
            await Panel.Page.SetViewportSizeAsync(width, 800);
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Panel.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))");
            await Panel.Screenshot($"Budget spent, {width} {scheme}");
            Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty);
            Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty);
        }
    }
}
