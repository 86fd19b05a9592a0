using Teleprompter.Cli;
using Teleprompter.Cli.Match;

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
        var report = MatchReport.Of(
            [
                (new Question(2, "a", "price"), "price"),
                (new Question(3, "b", "price"), "trial"),
                (new Question(4, "c", "price"), null),
                (new Question(5, "d", ""), null),
                (new Question(6, "e", ""), "trial"),
            ],
            [0.1, 0.2, 0.3, 0.4, 0.5]);
        Assert.That((report.Accuracy, report.Precision, report.Recall), Is.EqualTo((0.4, 1.0 / 3, 1.0 / 3)));
        Assert.That(
            report.Misses, Is.EqualTo(new Miss[] { new(3, "b", "price", "trial"), new(4, "c", "price", null), new(6, "e", "", "trial") }));
    }

    static IReadOnlyList<Question> Read(string text) =>
        QuestionFile.Read("questions.csv", new StringReader(text), new HashSet<string>(StringComparer.Ordinal) { "price" });
}
