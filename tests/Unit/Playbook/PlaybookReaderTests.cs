using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class PlaybookReaderTests
{
    const string Good = """
        # Price

        A note for ourselves.

        ## When they say

        - too much
        * too dear
        - too steep

        ## Say

        Compared with what,
        {customerName|if I may ask}?

        ## Fact

        It pays.

        ## Source

        The price book.
        """;

    [Test]
    public void A_card_is_a_title_and_its_sections()
    {
        var card = Read(Good, out var errors)!;
        Assert.Multiple(() =>
        {
            Assert.That(errors, Is.Empty);
            Assert.That(card.Id, Is.EqualTo("price"));
            Assert.That(card.Title, Is.EqualTo("Price"));
            Assert.That(card.Triggers, Is.EqualTo(new[] { "too much", "too dear", "too steep" }));
            Assert.That(card.Say, Is.EqualTo("Compared with what, {customerName|if I may ask}?"));
            Assert.That(card.Fact, Is.EqualTo("It pays."));
            Assert.That(card.Source, Is.EqualTo("The price book."));
        });
    }

    [Test]
    public void Fact_and_source_may_be_left_out()
    {
        var card = Read(Good[..Good.IndexOf("## Fact", StringComparison.Ordinal)], out _)!;
        Assert.That((card.Fact, card.Source), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase("# Price", "", 1, "no title")]
    [TestCase("## Say", "## Speak", 11, "no section 'Speak'")]
    [TestCase("## Fact", "## Say", 16, "there twice")]
    [TestCase("- too much", "too much", 7, "starts with '- '")]
    [TestCase("- too much", "- too dear", 5, "at least 3 different")]
    [TestCase("{customerName|if I may ask}", "{customer|you}", 14, "'{customer}' is no field")]
    [TestCase("It pays.", "{company} pays.", 18, "leaves a hole")]
    [TestCase("# Price", "# Price for {company}", 1, "leaves a hole")]
    [TestCase("The price book.", "The [price] book.", 22, "never left out")]
    public void A_mistake_is_reported_with_its_line_and_what_to_do(string good, string bad, int line, string part)
    {
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        var card = Read(Good[..at] + bad + Good[(at + good.Length)..], out var errors);
        Assert.Multiple(() =>
        {
            Assert.That(card, Is.Null);
            Assert.That(
                errors.Where(error => error.Message.Contains(part, StringComparison.Ordinal)).Select(error => (error.File, error.Line)),
                Is.EqualTo(new[] { ("price.md", line) }));
        });
    }

    [Test]
    public void More_than_60_words_are_too_many_to_say()
    {
        var card = Read(
            Good.Replace("Compared with what,", string.Join(' ', Enumerable.Repeat("word", 60)), StringComparison.Ordinal), out var errors);
        Assert.That((card, errors.Single().Line), Is.EqualTo(((PlaybookCard?)null, 11)));
    }

    [Test]
    public void A_card_that_says_nothing_is_refused()
    {
        Read("# Price\n\n## When they say\n- a\n- b\n- c\n", out var errors);
        Assert.That(errors.Single().ToString(), Is.EqualTo("price.md(1): The card says nothing. Add '## Say' with one or two sentences."));
    }

    [Test]
    public void A_file_name_that_is_no_id_is_refused()
    {
        var errors = new List<PlaybookError>();
        PlaybookReader.ReadCard("Price is high!.md", Good, errors);
        Assert.That(errors.Single().Message, Does.Contain("'price-too-high.md'"));
    }

    [Test]
    public void Windows_line_endings_and_a_byte_order_mark_read_the_same()
    {
        var card = Read("\uFEFF" + Good.ReplaceLineEndings("\r\n"), out _)!;
        Assert.That(card.Say, Is.EqualTo(Read(Good, out _)!.Say));
    }

    [TestCase("- too much\n* too dear\n- too steep", "• too much\n– too dear\n1. too steep")]
    [TestCase("- too much\n* too dear\n- too steep", "+ *too* much\n+ **too** `dear`\n\n2) too\n   steep")]
    [TestCase("# Price\n", "---\n# owner: Ana\n---\n\nPrice\n=====\n")]
    [TestCase("## When they say", "## 💬 When they say:")]
    [TestCase("## Say", "##Say ##\n\n<!-- owner: Ana,\n\nreviewed -->")]
    [TestCase("Compared with what,\n{customerName|if I may ask}?", "- Compared *with* what,\n- {customerName|if I may&#32;ask}?")]
    [TestCase("It pays.", "It pays [1].\n\n[1]: https://example.com")]
    [TestCase("It pays.", "It pays<!-- since May --> [2].")]
    [TestCase("The price book.", "The ![](book.png)price _book_.")]
    public void Markdown_means_what_it_means(string plain, string marked)
    {
        var card = Read(Good.Replace(plain, marked, StringComparison.Ordinal), out var errors);
        Assert.That(errors, Is.Empty);
        Assert.That(Parts(card!), Is.EqualTo(Parts(Read(Good, out _)!)));
    }

    [Test]
    public void A_link_keeps_its_address_and_what_is_not_used_is_reported()
    {
        var card = Read(
            Good.Replace("The price book.", "[Rollout guide](https://example.com/rollout)\n\n    code", StringComparison.Ordinal),
            out var errors)!;
        Assert.That(card.Source, Is.EqualTo("Rollout guide (https://example.com/rollout)"));
        Assert.That(errors.Select(error => (error.Line, error.IsWarning)), Is.EqualTo(new[] { (24, true) }));
    }

    [Test]
    public void Small_talk_is_a_list_without_a_say()
    {
        var errors = new List<PlaybookError>();
        var lines = PlaybookReader.ReadSmallTalk("small-talk.md", "# Small talk\n## When they say\n- hello\n- bye\n- thanks\n", errors);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Is.EqualTo(new[] { "hello", "bye", "thanks" }));
            Assert.That(errors, Is.Empty);
        });
    }

    static string Parts(PlaybookCard card) =>
        string.Join('|', [card.Id, card.Title, .. card.Triggers, card.Say, card.Fact, card.Source]);

    static PlaybookCard? Read(string text, out List<PlaybookError> errors) => PlaybookReader.ReadCard("price.md", text, errors = []);
}
