using Teleprompter.Cli;
using Teleprompter.Cli.Match;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Cli;

public sealed class QuestionFileTests
{
    [Test]
    public void Quoted_fields_hold_commas_quotes_and_line_breaks() => Assert.That(
        Read("card,text\nprice,\"Well, it's \"\"too\"\" much.\"\n,\"Two\nlines.\"\r\nprice,Plain.\n"),
        Is.EqualTo(new Question[] { new(2, "Well, it's \"too\" much.", "price"), new(3, "Two\nlines.", ""), new(5, "Plain.", "price") }));

    [TestCase("question,card\nHi.,", 1)]
    [TestCase("", 1)]
    [TestCase("text,card\n", 1)]
    [TestCase("text,card\nHi.,\n,price", 3)]
    [TestCase("text,card\nHi.,pricey", 2)]
    [TestCase("text,card\nHi.,\n\"Hi,price", 3)]
    public void A_wrong_line_is_named(string text, int line) =>
        Assert.That(() => Read(text), Throws.InstanceOf<InputException>().With.Message.StartsWith($"questions.csv:{line}: "));

    [Test]
    public void Figures_count_what_fired_rightly_wrongly_and_not_at_all()
    {
        var price = new PlaybookCard("price", "Price", ["how much is it", "what does it cost"], "", null, null);
        var trial = new PlaybookCard("trial", "Trial", ["can we try it", "is there a trial"], "", null, null);
        var report = MatchReport.Of(
            PlaybookEdition.Create([price, trial], []),
            [
                (new Question(2, "a", "price"), new CardMatch(price, 0.9)),
                (new Question(3, "is there a price", "price"), new CardMatch(trial, 0.5)),
                (new Question(4, "c", "price"), new CardMatch(price, 0.49)),
                (new Question(5, "d", ""), null),
                (new Question(6, "e", ""), new CardMatch(trial, 0.9)),
            ],
            [0.1, 0.2, 0.3, 0.4, 0.5]);
        Assert.That((report.Accuracy, report.Precision, report.Recall), Is.EqualTo((0.4, 1.0 / 3, 1.0 / 3)));
        Assert.That(
            report.Misses.Select(miss => (miss.Line, miss.Card, miss.Fired, miss.Nearest)),
            Is.EqualTo([(3L, "price", "trial", "trial"), (4L, "price", (string?)null, "price"), (6L, "", "trial", "trial")]));
        Assert.That(report.Confusions, Does.Contain(new Confusion("price", "trial", 1)));
        Assert.That((report.Misses[0].Own!.CardId, report.Misses[0].Rival!.Example), Is.EqualTo(("price", "is there a trial")));
    }

    static IReadOnlyList<Question> Read(string text) =>
        QuestionFile.Read("questions.csv", new StringReader(text), new HashSet<string>(StringComparer.Ordinal) { "price" });
}
