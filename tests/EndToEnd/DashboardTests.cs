using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>The team lead's dashboard, against a running fleet with thirty calls.</summary>
[Category("Fleet")]
public sealed partial class DashboardTests
{
    static readonly ViewportSize Desktop = new() { Width = 1440, Height = 900 };

    static readonly ViewportSize Wall = new() { Width = 1920, Height = 1080 };

    LeadFleet fleet = null!;

    [OneTimeSetUp]
    public async Task Begin()
    {
        fleet = await LeadFleet.Start();
        fleet.Play(30);
    }

    [OneTimeTearDown]
    public ValueTask End() => fleet.DisposeAsync();

    [Test]
    [CancelAfter(60_000)]
    public async Task It_says_at_once_whether_it_is_fast_enough_and_reads_well_on_a_desktop_and_on_a_wall()
    {
        await using var board = await Open(0, Desktop);
        await Expect(board.Page.Locator("#calls-title")).ToContainTextAsync(AllCalls());
        await Expect(board.Page.Locator(".big")).ToContainTextAsync(" s");
        await Expect(board.Page.Locator(".cause")).ToContainTextAsync("of the time");
        await Expect(board.Page.Locator(".processes .fine")).ToHaveCountAsync(4);
        await Expect(SaidOf(board, "The price feels high")).ToContainTextAsync(" of ");

        await Check(board, "Dashboard, desktop, Light");
        await board.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Check(board, "Dashboard, desktop, Dark");
        await board.Page.SetViewportSizeAsync(Wall.Width, Wall.Height);
        await Check(board, "Dashboard, wall, Dark");
        await board.Page.SetViewportSizeAsync(1100, 800);
        await Check(board, "Dashboard, narrow");
        await board.Page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);
        await board.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await board.Page.Locator(".cards-scroll").FocusAsync();
        await Check(board, "Dashboard, desktop, cards");
        Assert.That(board.Troubles, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_lead_finds_a_call_by_keyboard_and_a_line_reaches_the_rep_s_panel_with_a_receipt()
    {
        await using var rep = await Panel.Open(fleet.Gateways[1].Address);
        await rep.Button("Start a call").ClickAsync();
        await rep.Page.GetByLabel("Your name").FillAsync("Noor Haddad");
        await rep.Button("Start the call").ClickAsync();
        await rep.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Expect(rep.Words).Not.ToBeEmptyAsync();

        await using var board = await Open(0, Desktop);
        await board.Page.Locator("#filter").WaitForAsync();
        await board.Page.Keyboard.PressAsync("/");
        await board.Page.Keyboard.TypeAsync("noor");
        await Expect(board.Page.Locator("tr[data-row]")).ToHaveCountAsync(1);
        await board.Page.Locator("tr[data-row] a").FocusAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator(".lines")).ToContainTextAsync("more expensive than we expected");
        await Expect(board.Page.Locator(".say-now")).ToContainTextAsync("compared both numbers");

        // On a loaded machine an earlier try may stand there as taken back.
        await Expect(board.Page.Locator(".records li").Filter(new() { HasText = "Answered by" })).ToHaveCountAsync(1);

        await board.Page.Locator("#line").FillAsync("Offer the pilot, not a discount.");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(rep.Page.Locator(".from-lead")).ToContainTextAsync("Team lead Offer the pilot");
        await Expect(board.Page.Locator(".send-line li")).ToContainTextAsync("On Noor Haddad's panel after");

        await Check(board, "Dashboard, call, Light");
        await board.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Check(board, "Dashboard, call, Dark");
        await rep.Screenshot("Line from the lead, 420 px");
        await rep.TypeAs("You", await rep.Words.InnerTextAsync());
        await board.Page.Keyboard.PressAsync("Escape");
        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.Page.Locator(".headline")).ToBeVisibleAsync();
        await Expect(SaidOf(board, "The price feels high")).ToHaveTextAsync(SomeOf());
        Assert.That(board.Troubles, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task When_a_worker_is_killed_it_shows_and_no_call_is_lost()
    {
        await using var board = await Open(0, Wall);
        await Expect(board.Page.Locator("#calls-title")).ToContainTextAsync("live calls");
        await Expect(board.Page.Locator(".processes .fine")).ToHaveCountAsync(4);

        await fleet.Workers[0].Kill();
        await Expect(board.Page.Locator(".banners li[data-kind=alarm]").First).ToContainTextAsync("A worker stopped answering");

        await Expect(board.Page.Locator(".processes tbody").First.Locator("tr").Filter(new() { HasText = "alive" }).Locator("td").Nth(1))
            .ToHaveTextAsync(AllCalls());
        await board.Page.Locator(".processes .bad").First.WaitForAsync();
        await Check(board, "Dashboard, wall, worker killed");
        await fleet.Workers[0].Start();
        await Expect(board.Page.Locator(".processes .fine")).ToHaveCountAsync(4);
    }

    Task<Panel> Open(int gateway, ViewportSize size) =>
        Panel.Open(new Uri(fleet.Gateways[gateway].Address, "/dashboard"), new() { ViewportSize = size, ColorScheme = ColorScheme.Light });

    /// <summary>The 30 that are played, and those of other tests whose panels have just closed.</summary>
    [GeneratedRegex(@"^3\d\b", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AllCalls();

    /// <summary>"3 of 8", but never "0 of 8".</summary>
    [GeneratedRegex(@"^[1-9]\d* of \d+$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SomeOf();

    static ILocator SaidOf(Panel board, string card) =>
        board.Page.Locator(".cards tbody tr").Filter(new() { HasText = card }).Locator("td").Nth(1);

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    static async Task Check(Panel board, string name)
    {
        await board.Screenshot(name);
        Assert.That(await board.Probe<string[]>("sidewaysOverflow()"), Is.Empty, name);
        Assert.That(await board.Probe<string[]>("faintText()"), Is.Empty, name);
    }
}
