using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>What a rep has of a call after it.</summary>
public sealed class SummaryTests : PanelTests
{
    [Test]
    public async Task What_the_rep_says_counts_without_a_click_and_the_summary_is_there_to_read_and_to_keep()
    {
        await Panel.StartCall();
        await Panel.TypeAs("Customer", "We need single sign-on for eighty people. Honestly, that is more expensive than we expected.");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        var suggested = await Panel.Words.TextContentAsync();
        await Panel.TypeAs("You", suggested!);
        await Expect(Panel.Page.Locator(".say .tag").Last).ToHaveTextAsync("Said");
        await Panel.TypeAs("You", "I'll send you a written quote by Friday.");
        await Expect(Panel.Lines).ToHaveCountAsync(3);
        await Panel.Button("End call").ClickAsync();

        await Expect(Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "Needs" })).ToBeVisibleAsync();
        await Expect(Panel.Page.Locator(".findings")).ToContainTextAsync("more expensive than we expected");
        await Expect(Panel.Page.Locator(".findings")).ToContainTextAsync("Rep: I'll send you a written quote by Friday.");
        await Expect(Panel.Page.Locator(".summary")).ToContainTextAsync("1 of 1 suggestion used");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Panel.Screenshot($"Summary of a call, {scheme}");
            Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty);
            Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty);
        }

        var kept = await Panel.Page.RunAndWaitForDownloadAsync(() => Panel.Button("Download Markdown").ClickAsync());
        var page = await File.ReadAllTextAsync((await kept.PathAsync())!);
        Assert.That(page, Does.Contain("## Objections").And.Contain("## Transcript").And.Contain(suggested![..12]));
    }

    [Test]
    public async Task A_rep_deletes_the_call_by_keyboard_after_reading_what_is_erased_and_the_gateway_keeps_nothing()
    {
        await Panel.StartCall();
        await Panel.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Panel.Button("End call").ClickAsync();
        await Panel.Page.GetByRole(AriaRole.Button, new() { Name = "Delete this call" }).FocusAsync();
        await Panel.Page.Keyboard.PressAsync("Enter");
        var dialog = Panel.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete this call?" });
        await Expect(dialog).ToContainTextAsync("cannot be brought back");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Keep the call" })).ToBeFocusedAsync();
        await LookAtAll("Delete a call");
        await Panel.Page.Keyboard.PressAsync("Tab");
        var request = await Panel.Page.RunAndWaitForRequestAsync(
            () => Panel.Page.Keyboard.PressAsync("Enter"), asked => asked.Method == "DELETE");

        var heading = Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "This call was deleted" });
        await Expect(heading).ToBeFocusedAsync();
        await Expect(Panel.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("You deleted it.");
        await LookAtAll("Call deleted");
        Assert.That((await Panel.Page.APIRequest.GetAsync(request.Url)).Status, Is.EqualTo(404), "the gateway keeps nothing");
    }

    async Task LookAtAll(string name)
    {
        foreach (var (width, scheme) in new[]
        {
            (360, ColorScheme.Light), (360, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark),
        })
        {
            await Panel.Page.SetViewportSizeAsync(width, 800);
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Panel.Screenshot($"{name}, {width} {scheme}");
            Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty);
            Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty);
        }
    }
}
