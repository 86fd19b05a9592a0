using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

public sealed class NewcomerTests : PanelTests
{
    [Test]
    public async Task A_newcomer_plays_a_sample_call_and_sees_what_it_is_about()
    {
        await Expect(Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "Play a sample call" })).ToBeVisibleAsync();
        await Expect(Panel.Page.Locator(".calls li")).ToHaveCountAsync(4);
        await Panel.Screenshot("Home");

        await Panel.Page.GetByRole(AriaRole.Button, new() { NameString = "The quote is in, and it stings" }).ClickAsync();
        await Panel.Page.Locator(".sample").GetByText("4×").ClickAsync();

        await Expect(Panel.Page.Locator(".transcript .tentative")).ToBeVisibleAsync();
        // Looked at in every frame: on busy cores the call is at its next card between two looks from outside.
        await Panel.Page.WaitForFunctionAsync("() => document.querySelector('#card-title')?.textContent === 'The price feels high'");
        await Panel.Button("Hold").ClickAsync();
        await Expect(Panel.Button("Play")).ToBeVisibleAsync();
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Expect(Panel.Transcript).ToContainTextAsync("It's quite a bit more than I had in mind.");
        await Expect(Panel.Page.Locator(".heard .label")).ToHaveTextAsync("Priya Raman just said");
        await Expect(Panel.Card.Locator(".source")).ToBeVisibleAsync();
        await Expect(Panel.Badge).ToContainTextAsync(" s");
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        Assert.That(await Panel.Lines.CountAsync(), Is.GreaterThan(3));
    }
}
