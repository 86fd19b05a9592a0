using System.Collections.Concurrent;
using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedSignIn;

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
        context = await Launch(Path.Combine(profile, "usual"));
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
        await Assertions.Expect(options.GetByRole(AriaRole.Status))
            .ToHaveTextAsync("Saved. The gateway answers and lets this extension in.");
        await Look(options, "Extension settings");

        var page = await context.NewPageAsync();
        var panel = new Panel(context, page, gateway.Address);
        await page.GotoAsync($"{Origin}/panel.html");
        await Assertions.Expect(panel.Button("Rehearse")).ToBeVisibleAsync();
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
        // Who answers for the rep here would also refuse every tab.
        await using var willing = await Launch(Path.Combine(profile, "willing"), "--use-fake-ui-for-media-stream");
        var page = await willing.NewPageAsync();
        await page.GotoAsync($"{Origin}/microphone.html");
        await Look(page, "Extension microphone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow the microphone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status))
            .ToHaveTextAsync("Allowed. Close this page and go back to the meeting: the panel hears you.");
    }

    [Test]
    public async Task It_hears_the_tab_it_stands_beside_and_says_at_once_that_the_tab_was_closed()
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Origin}/panel.html");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start a call" }).ClickAsync();
        var meeting = await context.NewPageAsync();
        await meeting.GotoAsync(gateway.Address.ToString());

        // A page may make a sound only once somebody has clicked in it.
        await meeting.Mouse.ClickAsync(5, 5);
        await meeting.EvaluateAsync(
            "() => { const context = new AudioContext(); const tone = context.createOscillator(); tone.connect(context.destination); "
            + "tone.start(); }");
        await meeting.BringToFrontAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Share the meeting" }).DispatchEventAsync("click");
        await page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.meter')].some((meter) => meter.ariaLabel.includes('customer') && "
            + "Number(meter.ariaValueNow) > 50)",
            null,
            new() { Timeout = 10_000 });
        await meeting.CloseAsync();
        await Assertions.Expect(page.Locator(".notice"))
            .ToHaveTextAsync("The shared tab is gone. Share it again to hear the customer.", new() { Timeout = 3000 });
        await Look(page, "Extension, tab closed");
    }

    [Test]
    public async Task A_rep_signs_in_from_the_extension_calls_renews_and_signs_out()
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        provider.ExtensionLifetime = TimeSpan.FromSeconds(20);
        await using var closed = await RunningGateway.Start(null, [.. provider.Settings, $"--Gateway:AllowedOrigins:0={Origin}"]);
        await using var own = await Launch(Path.Combine(profile, "signed in"));
        var options = await own.NewPageAsync();
        await options.GotoAsync($"{Origin}/options.html");
        await Look(options, "Extension settings, sign-in");
        await Assertions.Expect(options.Locator("#redirect")).ToHaveTextAsync($"https://{Id}.chromiumapp.org/");
        await options.GetByLabel("Gateway address").FillAsync(closed.Address.ToString());
        var window = await own.RunAndWaitForPageAsync(
            () => options.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync());
        await window.GetByRole(AriaRole.Link, new() { Name = "Ann Rep" }).ClickAsync();
        await Assertions.Expect(options.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved. The gateway answers and lets Ann Rep in.");

        var page = await own.NewPageAsync();
        var sockets = new ConcurrentQueue<string>();
        page.WebSocket += (_, socket) => sockets.Enqueue(socket.Url);
        await page.GotoAsync($"{Origin}/panel.html");
        await Assertions.Expect(page.Locator(".sign-in")).ToContainTextAsync("Signed in as Ann Rep");
        await Look(page, "Extension signed in");
        var panel = new Panel(own, page, closed.Address);
        await panel.StartCall();
        await panel.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Assertions.Expect(panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Poll.Until(
            () => provider.ExtensionGrants.Any(grant => grant == "refresh_token"), TimeSpan.FromSeconds(40), "the token is renewed");
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync("Listening");
        Assert.That(sockets, Has.One.Items.And.All.Match("\\?access_token=[0-9a-f]{64}$"), "one connection, by a ticket");

        // What a restart of the browser forgets, the provider still knows.
        await page.EvaluateAsync("() => sessionStorage.clear()");

        // Gone before: a page that is left while it signs in asks for nothing, and the next one asks again.
        await page.GotoAsync("about:blank");
        await options.EvaluateAsync("() => chrome.storage.session.clear()");
        await page.GotoAsync($"{Origin}/panel.html");
        await Assertions.Expect(page.Locator(".sign-in")).ToContainTextAsync("Signed in as Ann Rep");
        Assert.That(provider.ExtensionGrants.Count(grant => grant == "authorization_code"), Is.EqualTo(2));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.Locator(".sign-in")).ToContainTextAsync("Sign in to make calls.");
        await Look(page, "Extension signed out");
        await Poll.Until(() => provider.Revoked.Any(user => user == "ann"), TimeSpan.FromSeconds(15), "the refresh token is given back");

        var unfinished = await own.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync());
        await unfinished.CloseAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The sign-in was not finished.");
    }

    static async Task<IBrowserContext> Launch(string profile, params string[] flags)
    {
        var folder = Path.GetFullPath(Path.Combine(Panel.Here, "../../ClientSdk/Browser/extension/dist/teleprompter"));
        var launched = await Stage.LaunchWith(folder, Id, profile, flags);
        await launched.AddInitScriptAsync(scriptPath: Path.Combine(Panel.Here, "probes.js"));
        return launched;
    }

    static async Task Look(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Panel.Here, "screenshots", $"{name}.png") });
        Assert.That(await page.EvaluateAsync<string[]>("() => window.probes.sidewaysOverflow()"), Is.Empty, name);
        Assert.That(await page.EvaluateAsync<string[]>("() => window.probes.faintText()"), Is.Empty, name);
    }
}
