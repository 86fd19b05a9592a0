using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

public sealed class KeyboardTests : PanelTests
{
    const string Objection = "Honestly, that is more expensive than we expected.";

    static readonly string[] Roles = ["button", "textbox", "radio", "checkbox", "link", "region", "dialog"];

    IKeyboard Keyboard => Panel.Page.Keyboard;

    [SetUp]
    public Task StartCall() => Panel.StartCall();

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_suggestion_is_used_pinned_and_dismissed(bool byKeyboard)
    {
        await Ask(Objection);
        var first = await Panel.Words.TextContentAsync();

        await Do("Used", "Enter");
        await Expect(Panel.Button("Used")).ToHaveAttributeAsync("aria-pressed", "true");
        await Do("Pin", "p");
        await Expect(Panel.Button("Pin")).ToHaveAttributeAsync("aria-pressed", "true");
        await Ask("Is our data secure with you?");
        await Expect(Panel.Page.Locator(".kept")).ToContainTextAsync(first!);
        await Panel.Screenshot($"Kept, {(byKeyboard ? "by keyboard" : "by mouse")}");
        await Do("Dismiss", "Escape");

        await Expect(Panel.Words).ToBeEmptyAsync();
        await Expect(Panel.Page.Locator(".kept")).ToContainTextAsync(first!);
        await Panel.Button("Unpin").ClickAsync();
        await Expect(Panel.Page.Locator(".kept")).ToHaveCountAsync(0);
        await Expect(Panel.Page.Locator(".earlier li")).ToHaveCountAsync(1);

        Task Do(string button, string key) => byKeyboard ? Keyboard.PressAsync(key) : Panel.Button(button).ClickAsync();
    }

    [Test]
    public async Task Keys_rest_while_typing_and_do_their_work_outside()
    {
        await Ask(Objection);
        await Panel.Composer.FocusAsync();
        await Keyboard.TypeAsync("pxsol?+-=");
        await Keyboard.PressAsync("Escape");

        await Expect(Panel.Composer).ToHaveValueAsync("pxsol?+-=");
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Expect(Panel.Button("Pin")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Expect(Panel.Page.Locator("dialog")).ToHaveCountAsync(0);

        await Panel.Composer.BlurAsync();
        await Keyboard.PressAsync("o");
        await Expect(Panel.Status).ToHaveTextAsync("Paused");
        await Keyboard.PressAsync("o");
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Keyboard.PressAsync("x");
        await Expect(Panel.Turns.First).ToHaveAttributeAsync("data-speaker", "rep");
    }

    [Test]
    public async Task The_question_mark_shows_all_keys()
    {
        await Keyboard.PressAsync("?");
        var dialog = Panel.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Expect(dialog).ToBeVisibleAsync();
        await Panel.Screenshot("Keys");

        // The keys are the dialog's own now.
        await Keyboard.PressAsync("o");
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Keyboard.PressAsync("Escape");

        await Expect(dialog).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Tab_reaches_everything_and_always_shows_where_it_is()
    {
        await Ask(Objection);
        await Ask("Is our data secure with you?");
        await Panel.Composer.FillAsync("Half a line");
        await Panel.WalkByTab();
    }

    [Test]
    public async Task Every_button_and_field_has_a_name()
    {
        await Ask(Objection);
        await Keyboard.PressAsync("p");
        await Ask("Is our data secure with you?");

        var tree = await Panel.Page.Locator("body").AriaSnapshotAsync();

        Assert.That(tree, Does.Contain("- button \"Used\"").And.Contain("- textbox \"A line of the conversation\""));
        Assert.That(tree.Split('\n').Select(line => line.Trim()).Where(IsNameless), Is.Empty, tree);
    }

    async Task Ask(string line)
    {
        var before = await Panel.Words.TextContentAsync();
        await Panel.TypeAs("Customer", line);
        await Expect(Panel.Words).Not.ToHaveTextAsync(before!);
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Panel.Composer.BlurAsync();
    }

    static bool IsNameless(string line) => Array.Exists(Roles, role => line.StartsWith($"- {role}", StringComparison.Ordinal))
        && !Array.Exists(Roles, role => line.StartsWith($"- {role} \"", StringComparison.Ordinal));
}
