using System.Collections.Concurrent;
using Microsoft.Playwright;
using Teleprompter.Tests.Integration.SignIn;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>Pages where people sign in, in a browser and with a real provider.</summary>
[CancelAfter(120_000)]
public sealed class SignInTests : ProviderTests
{
    static readonly (int Width, ColorScheme Scheme)[] looks =
        [(360, ColorScheme.Light), (360, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark)];

    readonly ConcurrentQueue<string> troubles = new();

    [Test]
    public async Task A_rep_signs_in_calls_and_sees_no_dashboard_and_a_lead_sees_the_call()
    {
        await using var repContext = await Stage.Browser.NewContextAsync();
        var rep = await Open(repContext, "/", "Ann Rep");
        await Assertions.Expect(rep.Locator(".sign-in")).ToContainTextAsync("Signed in as Ann Rep");
        await Look(rep, "signed in");
        await rep.GetByRole(AriaRole.Button, new() { Name = "Start a call" }).ClickAsync();
        await rep.GetByLabel("Customer", new() { Exact = true }).FillAsync("Blake");
        await rep.GetByRole(AriaRole.Button, new() { Name = "Start the call" }).ClickAsync();
        await Assertions.Expect(rep.Locator(".status")).ToHaveTextAsync("Listening");

        await using var leadContext = await Stage.Browser.NewContextAsync();
        var lead = await Open(leadContext, "/dashboard/", "Lee Lead");
        await Assertions.Expect(lead.Locator(".connection")).ToHaveTextAsync("Live");
        await Assertions.Expect(lead.Locator(".calls-tile")).ToContainTextAsync("Blake");
        await Look(lead, "lead");
        await using var southContext = await Stage.Browser.NewContextAsync();
        var south = await Open(southContext, "/dashboard/", "Tom South");
        await Assertions.Expect(south.Locator(".connection")).ToHaveTextAsync("Live");
        await Assertions.Expect(south.Locator(".calls-tile")).Not.ToContainTextAsync("Blake");

        Assert.That(troubles, Is.Empty);
        await rep.GotoAsync(new Uri(Gateway.Address, "/dashboard/").ToString());
        await Assertions.Expect(rep.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You may not open this page");
        await Look(rep, "forbidden");
        await rep.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(rep.GetByRole(AriaRole.Heading)).ToContainTextAsync("You are signed out");
        await Look(rep, "signed out");
        await rep.GotoAsync(Gateway.Address.ToString());
        await Assertions.Expect(rep.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sign in as");
    }

    [Test]
    public async Task A_rep_whose_sign_in_ends_is_told_in_time_and_signs_in_again_in_another_tab()
    {
        await using var context = await Stage.Browser.NewContextAsync();
        var rep = await Open(context, "/", "Ann Rep");
        await rep.GetByRole(AriaRole.Button, new() { Name = "Start a call" }).ClickAsync();
        await rep.GetByRole(AriaRole.Button, new() { Name = "Start the call" }).ClickAsync();
        await Assertions.Expect(rep.Locator(".status")).ToHaveTextAsync("Listening");
        await Assertions.Expect(rep.Locator(".sign-in")).ToHaveCountAsync(0);

        // What is left of a session that ends while the line is cut.
        await context.ClearCookiesAsync();
        await context.SetOfflineAsync(true);
        await Assertions.Expect(rep.Locator(".status")).ToContainTextAsync("Reconnecting");
        await context.SetOfflineAsync(false);
        await Assertions.Expect(rep.Locator(".sign-in")).ToContainTextAsync("Your sign-in is about to end or has ended");
        await Look(rep, "ends");

        var again = await context.RunAndWaitForPageAsync(() => rep.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync());
        await again.GetByRole(AriaRole.Link, new() { Name = "Ann Rep" }).ClickAsync();
        await Assertions.Expect(again.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You are signed in");
        await Look(again, "done");

        await Assertions.Expect(rep.Locator(".status")).ToHaveTextAsync("Listening");
        await Assertions.Expect(rep.Locator(".sign-in")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Development_mode_is_told_on_both_pages()
    {
        await using var context = await Stage.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        foreach (var path in (string[])["/", "/dashboard/"])
        {
            await page.GotoAsync(new Uri(Stage.Gateway, path).ToString());
            await Assertions.Expect(page.Locator(".sign-in")).ToContainTextAsync("Development mode");
            await Look(page, $"development {path.Length}");
        }
    }

    async Task<IPage> Open(IBrowserContext context, string path, string user)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Gateway.Address, path).ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = user }).ClickAsync();
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo(path));
        page.Console += (_, message) => Note(message.Type == "error", message.Text);
        page.PageError += (_, error) => Note(true, error);
        await page.ReloadAsync();
        return page;
    }

    void Note(bool isTrouble, string words)
    {
        if (isTrouble)
        {
            troubles.Enqueue(words);
        }
    }

    /// <summary>Nothing is wider than the page; with a folder in <c>LOOKS</c>, screenshots are kept there.</summary>
    static async Task Look(IPage page, string name)
    {
        foreach (var (width, scheme) in looks)
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var scrolled = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.That(scrolled, Is.LessThanOrEqualTo(width), $"{name} {width}");
            if (Environment.GetEnvironmentVariable("LOOKS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name} {width} {scheme}.png") });
            }
        }
    }
}
