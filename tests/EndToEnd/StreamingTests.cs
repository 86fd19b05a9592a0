using System.Globalization;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

public sealed class StreamingTests : ModelTests
{
    protected override ModelScript Script =>
        new() { FirstToken = TimeSpan.FromMilliseconds(400), TokenPace = TimeSpan.FromMilliseconds(25) };

    [Test]
    public async Task Words_grow_in_place_under_a_card_that_was_there_first()
    {
        await Panel.Start("watchGrowth()");
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.Words).ToHaveTextAsync(ModelScript.SalesAnswer);
        await Expect(Panel.Badge).ToBeVisibleAsync();

        var frames = await Panel.Page.EvaluateAsync<Frame[]>("() => window.growth");
        var firstWords = Array.FindIndex(frames, frame => frame.Characters > 0);
        var growing = frames[firstWords..];

        Assert.That(growing.Select(frame => frame.Characters).Distinct().Count(), Is.GreaterThan(5), "the words grow");
        Assert.That(growing.Select(frame => frame.Characters), Is.Ordered, "no word is taken back");
        Assert.That(frames[firstWords - 1].Card, Is.EqualTo("The price feels high"), "the card comes first");
        Assert.That(frames[firstWords - 1].CardText, Is.Not.Empty, "and says something meanwhile");
        Assert.That(growing.Select(frame => frame.Places).Distinct(StringComparer.Ordinal), Has.Exactly(1).Items, "nothing moves");
        Assert.That(
            growing.Select(frame => frame.FirstWord).Distinct(StringComparer.Ordinal),
            Has.Exactly(1).Items,
            "nor do the words already there");
        Assert.That(growing.Any(frame => frame.Overflows), Is.False, "and the words stay in their place");
    }

    [Test]
    public async Task The_latency_badge_opens_stages_that_add_up()
    {
        await Panel.TypeAs("Customer", Objection);
        await Panel.Badge.ClickAsync();
        await Expect(Panel.Page.Locator(".stages")).ToBeVisibleAsync();
        await Panel.Screenshot("Stages");

        var stages = await Panel.Page.Locator(".stages tbody td").AllTextContentsAsync();
        var sum = await Panel.Page.Locator(".stages tfoot td").TextContentAsync();
        var badge = await Panel.Badge.TextContentAsync();

        // Every number is rounded: to 0.1 ms below 10, else to 1 ms.
        Assert.That(stages.Sum(Milliseconds), Is.EqualTo(Milliseconds(sum!)).Within(stages.Count * 0.5));
        Assert.That(stages, Has.Count.EqualTo(8), "network and screen included");
        Assert.That(Milliseconds(sum!), Is.GreaterThanOrEqualTo(400), "the model takes 400 ms");
        Assert.That(badge!.Trim(), Does.Match(@"^\d+\.\d\d s$"));
        Assert.That(
            double.Parse(badge!.Trim()[..^2], CultureInfo.InvariantCulture) * 1000,
            Is.EqualTo(Milliseconds(sum!)).Within(5.5),
            "rounded to 10 ms and to 1 ms");
        await Panel.Page.Keyboard.PressAsync("Escape");
        await Expect(Panel.Page.Locator(".stages")).ToBeHiddenAsync();
        await Expect(Panel.Words).ToHaveTextAsync(ModelScript.SalesAnswer);
    }

    [Test]
    public async Task Screen_readers_are_told_each_suggestion_once_and_only_when_it_is_whole()
    {
        await Panel.Start("watchLiveRegions()");
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.Words).ToHaveTextAsync(ModelScript.SalesAnswer);
        await Expect(Panel.Badge).ToBeVisibleAsync();
        await Panel.Button("Used").ClickAsync();
        await Expect(Panel.Button("Used")).ToHaveAttributeAsync("aria-pressed", "true");

        Assert.That(await Panel.Page.EvaluateAsync<string[]>("() => window.told"), Is.EqualTo([ModelScript.SalesAnswer]));
    }

    static double Milliseconds(string text) => double.Parse(text.Replace("ms", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    sealed record Frame
    {
        public int Characters { get; set; }

        public string FirstWord { get; set; } = "";

        public bool Overflows { get; set; }

        public string Card { get; set; } = "";

        public string CardText { get; set; } = "";

        public string Places { get; set; } = "";
    }
}
