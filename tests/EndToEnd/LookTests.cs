using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A panel that says its all, at every width and in both schemes.</summary>
public sealed class LookTests : PanelTests
{
    static readonly int[] Widths = [360, 420, 480];

    static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    [Test]
    public async Task The_first_screen_fits_and_reads_well_at_every_width_in_light_and_dark()
    {
        foreach (var scheme in Schemes)
        {
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await CheckAt(Widths, $"Home, {scheme}");
        }
    }

    [Test]
    public async Task A_call_fits_and_reads_well_at_every_width_in_light_and_dark([Values] bool large)
    {
        await Fill();
        if (large)
        {
            await Enlarge();
        }

        foreach (var scheme in Schemes)
        {
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await CheckAt(Widths, $"Call, {scheme}{(large ? ", largest type" : "")}");
        }

        await Panel.Button("Pause").ClickAsync();
        await Expect(Panel.Status).ToHaveTextAsync("Paused");
        await CheckAt([420], $"Paused{(large ? ", largest type" : "")}");
    }

    [Test]
    public async Task The_large_view_fills_a_second_screen()
    {
        await Fill();
        await Panel.Button("Large view").ClickAsync();
        await Expect(Panel.Page.Locator(".panel[data-large]")).ToBeVisibleAsync();

        await Panel.Page.SetViewportSizeAsync(1280, 800);
        await Check("Large view");
        await CheckAt(Widths, "Large view");
    }

    [Test]
    public async Task The_summary_and_the_brief_fit_too()
    {
        await Panel.Button("Start a call").ClickAsync();
        await CheckAt(Widths, "Brief");
        await Panel.Button("Back").ClickAsync();
        await Fill();
        await Panel.Button("End call").ClickAsync();
        await Expect(Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "Call summary" })).ToBeVisibleAsync();
        await CheckAt(Widths, "Summary");
    }

    async Task Fill()
    {
        await Panel.StartCall();
        await Panel.TypeAs("You", "Shall we go through the quote together, line by line, so that nothing in it is a surprise?");
        await Panel.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Panel.Button("Used").ClickAsync();
        await Panel.Button("Pin").ClickAsync();
        await Panel.TypeAs(
            "Customer", "And how secure is our data with you, given that our own customers ask us about it every single week?");
        await Expect(Panel.CardTitle).ToHaveTextAsync("Security and compliance");
    }

    async Task Enlarge()
    {
        await Panel.Composer.BlurAsync();
        for (var step = 0; step < 4; step++)
        {
            await Panel.Page.Keyboard.PressAsync("+");
        }
    }

    async Task CheckAt(int[] widths, string name)
    {
        foreach (var width in widths)
        {
            await Panel.Page.SetViewportSizeAsync(width, 860);
            await Check($"{name}, {width} px");
        }
    }

    async Task Check(string name)
    {
        await Panel.Screenshot(name);
        Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty, name);
        Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty, name);
    }
}
