namespace Teleprompter.Tests.EndToEnd;

/// <summary>What the panel says of sound that cannot be had.</summary>
public sealed class SoundTests : PanelTests
{
    static readonly int[] Widths = [360, 420, 480];

    [Test]
    public async Task A_refused_microphone_is_said_at_once_with_what_to_do_and_a_call_starts_all_the_same()
    {
        var devTools = await Panel.Page.Context.NewCDPSessionAsync(Panel.Page);
        await devTools.SendAsync(
            "Browser.setPermission",
            new Dictionary<string,
            object>(StringComparer.Ordinal)
            { ["permission"] = new { name = "microphone" }, ["setting"] = "denied" });
        await Panel.Button("Start a call").ClickAsync();
        await Panel.Button("Use microphone").ClickAsync();
        await Expect(Panel.Page.Locator(".notice")).ToHaveTextAsync(
            "Your microphone is not allowed here. Allow it beside the address, then try again.", new() { Timeout = 3000 });
        await Expect(Panel.Button("Try again")).ToBeVisibleAsync();
        foreach (var width in Widths)
        {
            await Panel.Page.SetViewportSizeAsync(width, 860);
            await Panel.Screenshot($"Microphone refused, {width} px");
            Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty);
            Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty);
        }

        await Panel.Button("Start the call").ClickAsync();
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
    }

    [Test]
    public async Task A_customer_who_gives_the_reps_name_brings_an_offer_to_swap_them()
    {
        await Panel.Button("Start a call").ClickAsync();
        await Panel.Page.GetByLabel("Your name").FillAsync("Dana Reed");
        await Panel.Button("Start the call").ClickAsync();
        await Panel.TypeAs("Customer", "Hi, this is Dana from Relay. Is it a good moment?");
        await Expect(Panel.Page.Locator(".offer"))
            .ToContainTextAsync("You and the customer seem to be the wrong way round: a name says so.");
        foreach (var width in Widths)
        {
            await Panel.Page.SetViewportSizeAsync(width, 860);
            await Panel.Screenshot($"Swap offer, {width} px");
            Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty);
            Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty);
        }

        await Panel.Button("Swap them").ClickAsync();
        await Expect(Panel.Turns.Last).ToContainTextAsync("Dana Reed Hi, this is Dana");
        await Expect(Panel.Page.Locator(".offer")).ToHaveCountAsync(0);
    }
}
