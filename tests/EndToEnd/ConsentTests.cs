using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A rep asks for consent before a call, and somebody withdraws it.</summary>
public sealed class ConsentTests : PanelTests
{
    static RunningGateway gateway = null!;

    protected override Uri Address => gateway.Address;

    [OneTimeSetUp]
    public static async Task StartGateway() =>
        gateway = await RunningGateway.Start(null, "--Consent:Mode=AllParty", "--Consent:PolicyVersion=2026-11");

    [OneTimeTearDown]
    public static async Task StopGateway() => await gateway.DisposeAsync();

    [Test]
    public async Task A_call_starts_only_once_the_box_is_ticked_and_withdrawn_consent_leaves_no_word()
    {
        await Panel.Button("Start a call").ClickAsync();
        var box = Panel.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Everybody on this call has agreed" });
        await Check("Consent, asked");
        await Panel.Button("Start the call").ClickAsync();
        await Expect(box).ToBeFocusedAsync();

        await Panel.Page.Keyboard.PressAsync("Space");
        await Panel.Button("Start the call").ClickAsync();
        await Panel.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");

        await Panel.Button("Consent withdrawn").ClickAsync();
        await Expect(Panel.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Stop and delete this call?");
        await Check("Consent, withdrawing");
        await Panel.Button("Stop and delete").ClickAsync();
        await Expect(Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "This call was deleted" })).ToBeVisibleAsync();
        await Expect(Panel.Page.Locator("body")).Not.ToContainTextAsync("expensive");
        await Check("Consent, withdrawn");
    }

    [Test]
    public async Task A_sample_call_needs_no_consent_of_anybody()
    {
        await Panel.Page.Locator(".calls button").First.ClickAsync();

        await Expect(Panel.Lines).Not.ToHaveCountAsync(0);
        await Expect(Panel.Remark).Not.ToContainTextAsync("onsent");
    }

    async Task Check(string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in new[] { 360, 1280 })
            {
                await Panel.Page.SetViewportSizeAsync(width, 860);
                await Panel.Screenshot($"{name}, {scheme}, {width} px");
                Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty, name);
                Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty, name);
            }
        }
    }
}
