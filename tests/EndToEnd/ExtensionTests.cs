using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>The built extension in a Chromium of its own.</summary>
[CancelAfter(60_000)]
[NonParallelizable]
public sealed class ExtensionTests
{
    const string Id = "flkhmjneaikdgfjkomdjkppjocehmiop";
    const string Origin = $"chrome-extension://{Id}";

    string profile = "";
    IBrowserContext context = null!;
    RunningGateway gateway = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        profile = Directory.CreateTempSubdirectory("teleprompter-extension-").FullName;
        gateway = await RunningGateway.Start(null, $"--Gateway:AllowedOrigins:0={Origin}");
        context = await Stage.LaunchWith(Path.GetFullPath(Path.Combine(Panel.Here, "../../ClientSdk/Browser/extension/dist/teleprompter")), Id, profile);
        await context.AddInitScriptAsync(scriptPath: Path.Combine(Panel.Here, "probes.js"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await context.DisposeAsync();
        await gateway.DisposeAsync();
        Directory.Delete(profile, recursive: true);
    }

    [Test]
    public async Task A_gateway_that_lets_the_extension_in_is_found_by_its_settings_and_the_panel_follows_a_call_there()
    {
        var options = await context.NewPageAsync();
        await options.GotoAsync($"{Origin}/options.html");
        await options.GetByLabel("Gateway address").FillAsync(gateway.Address.ToString());
        await options.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();
        await Assertions.Expect(options.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved. The gateway answers and lets this extension in.");
        await Look(options, "Extension settings");

        var page = await context.NewPageAsync();
        var panel = new Panel(context, page, gateway.Address);
        await page.GotoAsync($"{Origin}/panel.html");
        await Look(page, "Extension home");
        await panel.StartCall();
        await panel.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Assertions.Expect(panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Look(page, "Extension call");
        Assert.That(panel.Troubles.Where(each => !each.Contains(Origin, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_gateway_that_does_not_is_named_with_the_setting_to_change()
    {
        var options = await context.NewPageAsync();
        await options.GotoAsync($"{Origin}/options.html");
        await options.GetByLabel("Gateway address").FillAsync(Stage.Gateway.ToString());
        await options.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();
        await Assertions.Expect(options.GetByRole(AriaRole.Status)).ToContainTextAsync($"is {Origin} one of its Gateway:AllowedOrigins?");
        await Assertions.Expect(options.Locator("#setting")).ToHaveTextAsync($"--Gateway:AllowedOrigins:0={Origin}");
    }

    [Test]
    public async Task The_microphone_is_asked_for_on_a_page_of_its_own()
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Origin}/microphone.html");
        await Look(page, "Extension microphone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow the microphone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Allowed. Close this page and go back to the meeting: the panel hears you.");
    }

    static async Task Look(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Panel.Here, "screenshots", $"{name}.png") });
        Assert.That(await page.EvaluateAsync<string[]>("() => window.probes.sidewaysOverflow()"), Is.Empty, name);
        Assert.That(await page.EvaluateAsync<string[]>("() => window.probes.faintText()"), Is.Empty, name);
    }
}
