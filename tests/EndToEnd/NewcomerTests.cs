using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

public sealed class NewcomerTests : PanelTests
{
    [Test]
    public async Task A_newcomer_plays_a_sample_call_and_sees_what_it_is_about()
    {
        await Expect(Panel.Page.GetByRole(AriaRole.Heading, new() { Name = "Play a sample call" })).ToBeVisibleAsync();
        await Expect(Panel.Page.Locator(".calls li")).ToHaveCountAsync(4);
        await Panel.Screenshot("Home");

        await Panel.Page.GetByRole(AriaRole.Button, new() { NameString = "The quote is in, and it stings" }).ClickAsync();
        await Panel.Page.Locator(".sample").GetByText("4×").ClickAsync();

        await Expect(Panel.Page.Locator(".transcript .tentative")).ToBeVisibleAsync();
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Expect(Panel.Page.Locator(".heard")).ToContainTextAsync("It's quite a bit more than I had in mind.");
        await Expect(Panel.Card.Locator(".source")).ToBeVisibleAsync();
        await Expect(Panel.Badge).ToContainTextAsync("0.");
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        Assert.That(await Panel.Lines.CountAsync(), Is.GreaterThan(3));
    }

    [Test]
    public async Task The_first_paint_comes_within_a_second()
    {
        const string FirstPaint = """
            () => new Promise((done) => new PerformanceObserver((list) => {
              const paint = list.getEntriesByName("first-contentful-paint")[0];
              if (paint) done(paint.startTime);
            }).observe({ type: "paint", buffered: true }))
            """;
        var firstPaint = await Panel.Page.EvaluateAsync<double>(FirstPaint);

        await TestContext.Out.WriteLineAsync($"First contentful paint: {firstPaint:0} ms");
        Assert.That(firstPaint, Is.InRange(0.001, 1000));
    }
}
