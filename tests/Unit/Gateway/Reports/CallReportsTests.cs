using System.Text.Json;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Reports;

namespace Teleprompter.Tests.Unit.Gateway.Reports;

public sealed class CallReportsTests
{
    static readonly StoredCall Call = new(
        new CallRecord(
            "c1", "hash", Subject: null, new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), CallBrief.Empty, Language: null),
        Ownership: null,
        [
            new BriefChanged(new CallBrief(CustomerName: "Lee", Company: "Northwind")),
            Said("c-1", Speaker.Customer, "# [That](http://x) is <b>too</b> expensive.\u202e", 0, 3000, endOfTurn: false),
            Said("c-1", Speaker.Customer, "# [That](http://x) is <b>too</b> expensive.\u202e", 0, 3000, endOfTurn: true),
            new CardCameUp(new CardView("price", "c-1", "The price feels high", "Compared with what?", "A fact.", null, "v"), 3100),
            new SuggestionFinished(
                new FinishedSuggestionView("s-1", "Compared with what?", SuggestionSource.Playbook, "price", Feedback: null, Latency: null),
                ["c-1"],
                AtMs: 3200),
            Said("r-1", Speaker.Rep, "Compared with what?", 4000, 5000, endOfTurn: true),
            new SayingHeard("s-1", 5100),
            new FeedbackGiven(new SuggestionFeedback("s-1", FeedbackKind.Used)),
            new CallSummed(Summary("First."), Pending: true),
            new CallSummed(Summary("A discount."), Pending: false),
        ]);

    [Test]
    public void A_report_has_what_became_of_everything_and_each_line_once()
    {
        var report = CallReports.Of(Call);

        Assert.That(report.Brief.Company, Is.EqualTo("Northwind"));
        Assert.That(report.Transcript.Select(segment => segment.SegmentId), Is.EqualTo(new[] { "c-1", "r-1" }));
        Assert.That(
            report.Cards.Single(),
            Is.EqualTo(new ReportCard("price", "The price feels high", "A fact.", null, Suggested: 1, Said: 1, Used: 1)));
        Assert.That(report.Suggestions.Single(), Has.Property("AtMs").EqualTo(3200));
        Assert.That(report.Suggestions.Single().Suggestion, Has.Property("Said").True.And.Property("Feedback").EqualTo(FeedbackKind.Used));
        Assert.That((report.Summary!.Needs.Single(), report.SummaryPending), Is.EqualTo(("A discount.", false)));
        Assert.That(report.Talk.RepShare, Is.EqualTo(0.25));
    }

    [Test]
    public void In_a_rehearsal_what_the_rep_was_saying_stands_before_the_words_that_cut_it_off()
    {
        var rehearsal = Call with
        {
            Record = Call.Record with { Rehearsal = new RehearsalRequest("finance-director") },
            Entries =
            [
                Said("buyer-1", Speaker.Customer, "When does it pay for itself?", 4000, 4000, endOfTurn: true),
                Said("r-1", Speaker.Rep, "It is an investment in", 1000, 4100, endOfTurn: true),
                Said("r-2", Speaker.Rep, "It pays for itself in five months.", 5000, 7000, endOfTurn: true),
            ],
        };

        var report = CallReports.Of(rehearsal);

        Assert.That(report.Transcript.Select(segment => segment.SegmentId), Is.EqualTo(new[] { "r-1", "buyer-1", "r-2" }));
        Assert.That(report.ScoreCard!.Checks.Single(check => check.Question == ScoreQuestion.AnsweredQuestions).Passed);
    }

    [Test]
    public void Swapped_speakers_are_swapped_in_all_of_it()
    {
        var report = CallReports.Of(Call with { Entries = [.. Call.Entries, new SpeakersSwapped(Swapped: true, AtMs: 1)] });

        Assert.That(report.Transcript.Select(segment => segment.Speaker), Is.EqualTo(new[] { Speaker.Rep, Speaker.Customer }));
        Assert.That(report.Talk.RepShare, Is.EqualTo(0.75));
    }

    [Test]
    public void As_Markdown_what_was_said_is_text_and_never_markup()
    {
        var page = CallMarkdown.Of(CallReports.Of(Call));

        Assert.That(page, Does.StartWith("# Call with Lee, Northwind\n\n2026-11-21 09:00 UTC · the rep spoke 25"));
        Assert.That(page, Does.Contain("## Needs\n\n- A discount.\n"));
        Assert.That(page, Does.Contain("- **The price feels high**: A fact.\n"));
        Assert.That(page, Does.Contain("- (0:03) Compared with what? *said, used*\n"));
        Assert.That(page, Does.Contain("**Lee** (0:00): \\# \\[That\\](http\\://x) is \\<b\\>too\\</b\\> expensive."));
        Assert.That(page, Does.Not.Contain("\u202e").And.Not.Contain("## Objections"));
    }

    [TestCase("- A list.", @"\- A list.")]
    [TestCase("2. A list.", @"2\. A list.")]
    [TestCase("    Code.\n# Heading.", @"Code. \# Heading.")]
    [TestCase("R&D, not &lt;b&gt;", @"R&D, not \&lt;b\&gt;")]
    [TestCase("Look at www.example.com.", @"Look at www\.example.com.")]
    [TestCase("Hid\u200bden\u2066.", "Hidden.")]
    public void As_Markdown_no_words_make_a_list_a_link_or_another_character(string need, string text)
    {
        var page = CallMarkdown.Of(CallReports.Of(Call with { Entries = [new CallSummed(Summary(need), Pending: false)] }));

        Assert.That(page, Does.EndWith($"## Needs\n\n- {text}\n"));
    }

    [Test]
    public void As_JSON_it_reads_like_the_wire()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(CallReports.Of(Call), ContractsJson.Default.CallReport));

        Assert.That(json.RootElement.GetProperty("summary").GetProperty("source").GetString(), Is.EqualTo("model"));
        Assert.That(json.RootElement.GetProperty("talk").GetProperty("longest").GetProperty("speaker").GetString(), Is.EqualTo("customer"));
    }

    static SegmentHeard Said(string id, Speaker speaker, string text, long start, long end, bool endOfTurn) =>
        new(new TranscriptSegment(id, speaker, text, Final: true, endOfTurn, start, end));

    static CallSummary Summary(string need) => new([need], [], [], [], SummarySource.Model);
}
