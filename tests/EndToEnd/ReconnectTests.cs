using System.Diagnostics;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

public sealed class ReconnectTests : ModelTests
{
    CuttableLine line = null!;

    protected override Uri Address => line.Address;

    protected override ModelScript Script =>
        new() { FirstToken = TimeSpan.FromMilliseconds(100), TokenPace = TimeSpan.FromMilliseconds(50) };

    // On a loaded machine the model's answer would be given up for the playbook's, or asked for twice.
    protected override string[] Settings =>
    [
        "--Model:FirstTokenTimeout=00:00:25", "--Model:FallbackAfter=00:00:25", "--Model:TokenTimeout=00:00:25",
        "--Model:TotalTimeout=00:01:00", "--Coalescing:FirstWordsWithin=00:00:25", "--Model:HedgeExtra=0",
    ];

    [OneTimeSetUp]
    public void Connect() => line = new CuttableLine(base.Address);

    [OneTimeTearDown]
    public void Disconnect() => line.Dispose();

    [TearDown]
    public void Mend() => line.Mend();

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_line_cut_in_mid_suggestion_comes_back_with_what_was_missed_and_nothing_doubled(bool backWhileItGrows)
    {
        var asked = Model.Requests.All.Count;
        // As slow as can be: it is to be cut in mid-answer by a machine that stalls, and a stream that nobody reads is soon closed.
        Model.Script = Script with { TokenPace = TimeSpan.FromMilliseconds(backWhileItGrows ? 100 : 60) };
        await Panel.TypeAs("You", "Here is the quote.");
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.Words).ToContainTextAsync("That is");

        var askedAtCut = Model.Requests.All.Count;
        var cut = Stopwatch.GetTimestamp();
        line.Cut();
        await Expect(Panel.Status).ToContainTextAsync("Reconnecting (");
        var before = await Panel.Words.TextContentAsync();
        await Panel.TypeAs("You", "One moment.");
        if (!backWhileItGrows)
        {
            await Panel.Screenshot("Reconnecting");
            await Model.Requests.Until(all => all[^1].End == RequestEnd.Completed, TimeSpan.FromSeconds(10));
        }

        Assert.That(before, Does.StartWith("That is").And.Length.LessThan(ModelScript.SalesAnswer.Length));
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        line.Mend();

        await Expect(Panel.Status).Not.ToContainTextAsync("Reconnecting");
        var away = Stopwatch.GetElapsedTime(cut);
        await Expect(Panel.Words).ToHaveTextAsync(ModelScript.SalesAnswer);
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Expect(Panel.Words).ToHaveCountAsync(1);
        await Expect(Panel.Page.Locator(".earlier li, .kept li")).ToHaveCountAsync(0);
        await Expect(Panel.Turns).ToHaveTextAsync(["You Here is the quote.", $"Customer {Objection}", "You One moment."]);
        var requests = Model.Requests.All;
        Assert.That(requests.Skip(asked).Count(request => request.End == RequestEnd.Completed), Is.EqualTo(1), "one answer was written");
        if (away < Presence.StreamOutlivesSocketBy)
        {
            Assert.That(requests, Has.Count.EqualTo(askedAtCut), "the model was not asked again");
        }
    }

    [Test]
    public async Task A_line_cut_for_longer_than_a_stream_is_kept_open_brings_a_new_suggestion()
    {
        Model.Script = Script with { TokenPace = TimeSpan.FromMilliseconds(300) };
        await Panel.TypeAs("Customer", Objection);
        await Expect(Panel.Words).ToContainTextAsync("That is fair");
        Model.Script = Script with { Text = "A second answer." };

        line.Cut();
        await Expect(Panel.Status).ToContainTextAsync("Reconnecting (");
        await Model.Requests.Until(all => all[^1].End == RequestEnd.Aborted, TimeSpan.FromSeconds(10));
        line.Mend();

        await Expect(Panel.Words).ToHaveTextAsync("A second answer.");
        await Expect(Panel.Status).ToHaveTextAsync("Listening");
        await Expect(Panel.CardTitle).ToHaveTextAsync("The price feels high");
        await Expect(Panel.Turns).ToHaveTextAsync([$"Customer {Objection}"]);
    }

    protected override bool IsTrouble(string report) => !report.StartsWith("console: WebSocket connection to", StringComparison.Ordinal);
}
