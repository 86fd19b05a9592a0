using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A rehearsal in the panel, with the real buyer and no model.</summary>
public sealed class RehearsalTests : PanelTests
{
    const string Rambling = "It is really an investment in your people and I would say that it ";

    static readonly (int Width, ColorScheme Scheme)[] Looks = [(360, ColorScheme.Light), (1280, ColorScheme.Dark)];

    CuttableLine line = null!;

    protected override Uri Address => line.Address;

    ILocator CutOff => Panel.Page.Locator(".rehearsal [role=status]");

    [OneTimeSetUp]
    public void Connect() => line = new CuttableLine(Stage.Gateway);

    [OneTimeTearDown]
    public void Disconnect() => line.Dispose();

    [Test]
    public async Task A_rep_who_rambles_is_cut_off_in_the_middle_of_typing_sees_why_and_gets_a_score_card_to_keep()
    {
        await Begin(check: true);
        await Say("The licence is nine thousand pounds a year for two hundred seats.");
        await Expect(Panel.Turns).ToHaveCountAsync(3);
        var places = (await Place(".words"), await Place(".say .row"), await Place(".composer"));
        await Panel.Start("watchLiveRegions()");

        await Panel.Composer.PressSequentiallyAsync(Rambling, new() { Delay = 60 });

        await Expect(CutOff).ToHaveTextAsync("Helena Marsh cut you off: You said \"investment\".");
        Assert.That(await Panel.Page.EvaluateAsync<string[]>("() => window.told"), Does.Contain(await CutOff.TextContentAsync()));
        Assert.That((await Place(".words"), await Place(".say .row"), await Place(".composer")), Is.EqualTo(places), "nothing moves");
        // The buyer may murmur after it, where the typing takes longer.
        await Expect(Panel.Turns.Filter(new() { HasText = "It is a cost until it pays for itself. When does it?" })).ToHaveCountAsync(1);
        await Expect(Panel.Turns.Filter(new() { HasText = "Cuts in" })).ToHaveCountAsync(1);
        await CheckLooks("Rehearsal, cut off");
        await Panel.Composer.FillAsync("");
        await Say("In five months. Shall we meet on Thursday at ten?");
        await Expect(Panel.Page.Locator(".heard")).ToContainTextAsync("you get half an hour");
        await Panel.Button("End rehearsal").ClickAsync();

        var checks = Panel.Page.Locator(".checks > li");
        await Expect(checks).ToHaveCountAsync(8);
        await Expect(checks.Last).ToContainTextAsync("Agreed a next step");
        await Expect(Panel.Page.Locator(".score")).ToContainTextAsync("You said \"investment\".");
        await CheckLooks("Score card");
        await checks.Last.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Panel.Page.Locator(".said li:target")).ToContainTextAsync("Thursday at ten");
        var kept = await Panel.Page.RunAndWaitForDownloadAsync(() => Panel.Button("Download Markdown").ClickAsync());
        Assert.That(kept.SuggestedFilename, Does.StartWith("rehearsal-").And.EndsWith("kestrel-logistics.md"));
        Assert.That(
            await File.ReadAllTextAsync((await kept.PathAsync())!),
            Does.StartWith("# Rehearsal with Helena Marsh").And.Contain("## Score card").And.Contain("**Yes** Agreed a next step"));
        await Panel.Button("Rehearse again").ClickAsync();
        await Expect(Panel.Turns).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_lost_connection_and_a_reload_bring_back_the_buyer_its_words_and_why_it_cut_in()
    {
        await Begin();
        await Panel.Composer.PressSequentiallyAsync(Rambling, new() { Delay = 60 });
        await Expect(CutOff).ToContainTextAsync("You said \"investment\".");
        await Expect(Panel.Turns.Nth(1)).Not.ToContainTextAsync("…");
        await Say("In five months. Shall we meet on Thursday at ten?");
        // The last of the turns: what the rep typed on while the buyer cut in may have an answer of its own before.
        await Expect(Panel.Turns.Last).ToContainTextAsync("you get half an hour.");
        var said = (await Panel.Turns.AllTextContentsAsync()).ToArray();

        line.Cut();
        await Expect(Panel.Status).ToContainTextAsync("Reconnecting (");
        line.Mend();
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Panel.Page.ReloadAsync();

        await Expect(CutOff).ToContainTextAsync("Helena Marsh cut you off: You said \"investment\".");
        await Expect(Panel.Turns).ToHaveTextAsync(said);
        await Say("It saves four hours a week.");
        await Expect(Panel.Turns.Last).ToContainTextAsync("Helena Marsh");
        await Expect(Panel.Button("Swap speakers")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_a_call_left_unanswered_is_pressed_on_first_and_a_rep_who_is_tested_sees_no_suggestion()
    {
        await Panel.StartCall();
        await Panel.TypeAs("Customer", "Honestly, that is more expensive than we expected.");
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Panel.Button("End call").ClickAsync();
        await Panel.Button("Rehearse what went wrong").ClickAsync();
        await Expect(Panel.Page.Locator(".points")).ToHaveTextAsync("The price feels high");
        await Panel.Page.GetByText("Priya Raman").ClickAsync();
        await Panel.Page.GetByRole(AriaRole.Switch, new() { Name = "Test me" }).CheckAsync();
        await Panel.Button("Start the rehearsal").ClickAsync();
        await Expect(Panel.Turns).ToHaveCountAsync(1);
        await Expect(Panel.Page.Locator(".say, .card")).ToHaveCountAsync(0);
        await CheckLooks("Rehearsal, test");

        await Say("It is nine thousand pounds.");

        await Expect(Panel.Page.Locator(".heard")).ToContainTextAsync("That's too expensive.");
    }

    protected override bool IsTrouble(string report) => !report.StartsWith("console: WebSocket connection to", StringComparison.Ordinal);

    async Task Begin(bool check = false)
    {
        await Panel.Button("Rehearse").ClickAsync();
        if (check)
        {
            await CheckLooks("Rehearse");
            await Panel.WalkByTab();
        }

        await Panel.Page.GetByText("Helena Marsh").ClickAsync();
        await Panel.Button("Start the rehearsal").ClickAsync();
        await Expect(Panel.Turns).ToHaveCountAsync(1);
    }

    async Task Say(string words)
    {
        await Panel.Composer.FillAsync(words);
        await Panel.Composer.PressAsync("Enter");
    }

    async Task<string> Place(string selector)
    {
        var box = await Panel.Page.Locator(selector).BoundingBoxAsync();
        return $"{box!.X} {box.Y} {box.Width} {box.Height}";
    }

    async Task CheckLooks(string name)
    {
        foreach (var (width, scheme) in Looks)
        {
            await Panel.Page.SetViewportSizeAsync(width, 860);
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Panel.Screenshot($"{name}, {width} px");
            Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty, name);
            Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty, name);
        }
    }
}
