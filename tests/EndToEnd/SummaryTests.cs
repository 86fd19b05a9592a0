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
}
