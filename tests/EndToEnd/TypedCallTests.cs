using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

public sealed class TypedCallTests : PanelTests
{
    const string Objection = "Honestly, that is more expensive than we expected.";

    [SetUp]
    public Task StartCall() => Panel.StartCall();

    [Test]
    public async Task What_the_customer_types_brings_a_card_and_words_and_what_the_rep_types_does_not()
    {
        await Panel.TypeAs("You", "Our price is too high for most of your competitors.");
        await Expect(Panel.Lines).ToHaveCountAsync(1);
        await Panel.TypeAs("Customer", "Nice weather today, is it not?");
        await Expect(Panel.Lines).ToHaveCountAsync(2);
        await Expect(Panel.CardTitle).ToHaveTextAsync("No card yet");
        await Expect(Panel.Words).ToBeEmptyAsync();

        await Panel.TypeAs("Customer", Objection);

        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Expect(Panel.Page.Locator(".say .tag")).ToHaveTextAsync("Playbook");
    }

    [Test]
    public async Task Text_is_shown_as_text()
    {
        const string Markup = "<img src=x onerror=alert(1)> <b>is this too expensive?</b>";
        await Panel.TypeAs("Customer", Markup);

        await Expect(Panel.Lines.First).ToContainTextAsync(Markup);
        await Expect(Panel.Page.Locator(".heard")).ToContainTextAsync(Markup);
        await Expect(Panel.Page.Locator("img, .heard b, .transcript .turn b b")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_reloaded_page_comes_back_to_the_same_call()
    {
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        var words = await Panel.Words.TextContentAsync();

        await Panel.Page.ReloadAsync();

        await Expect(Panel.Words).ToHaveTextAsync(words!);
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Expect(Panel.Lines).ToHaveCountAsync(1);
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Panel.TypeAs("Customer", "Is our data secure with you?");
        await Expect(Panel.CardTitle).ToHaveTextAsync("Security and compliance");
        await Expect(Panel.Lines).ToHaveCountAsync(2);
    }

    [Test]
    public async Task Off_the_record_nothing_is_sent_shown_or_answered()
    {
        await Panel.TypeAs("You", "Hello.");
        await Panel.Composer.FillAsync(Objection);
        await Panel.Button("Pause").ClickAsync();

        await Expect(Panel.Status).ToHaveTextAsync("Paused");
        await Expect(Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "Off the record" })).ToBeVisibleAsync();
        await Expect(Panel.Button("Send")).ToBeDisabledAsync();
        await Panel.Composer.PressAsync("Enter");
        await Panel.Screenshot("Paused");
        await Panel.Composer.FillAsync("");
        await Panel.Button("Resume").ClickAsync();
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Panel.TypeAs("Customer", "Is our data secure with you?");

        await Expect(Panel.CardTitle).ToHaveTextAsync("Security and compliance");
        await Expect(Panel.Lines).ToHaveCountAsync(2);
        await Expect(Panel.Transcript).Not.ToContainTextAsync("more expensive");
    }

    [Test]
    public async Task Suggest_now_answers_what_was_said_last()
    {
        await Panel.Page.Keyboard.PressAsync("s");
        await Expect(Panel.Page.Locator(".placeholder")).ToContainTextAsync("Nothing");

        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Panel.Button("Dismiss").ClickAsync();
        await Expect(Panel.Words).ToBeEmptyAsync();
        await Panel.Button("Suggest now").ClickAsync();

        await Expect(Panel.Page.Locator(".words")).Not.ToContainTextAsync("When they say");
    }

    [Test]
    public async Task Swapped_speakers_are_told_apart_anew()
    {
        await Panel.TypeAs("You", Objection);
        await Expect(Panel.Lines.First).ToHaveAttributeAsync("data-speaker", "rep");

        await Panel.Button("Swap speakers").ClickAsync();

        await Expect(Panel.Lines.First).ToHaveAttributeAsync("data-speaker", "customer");
        await Expect(Panel.Page.Locator(".heard")).ToContainTextAsync(Objection);
    }
}
