using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Summaries;

namespace Teleprompter.Tests.Unit.Summaries;

public sealed class SummaryPromptTests
{
    [TestCase("""{"needs":["A quote."],"objections":[],"commitments":["Rep: sends it."],"nextSteps":["Friday."]}""")]
    [TestCase(
        "Here it is:\n```json\n{\"needs\": [\"A quote.\"], \"commitments\": [\"Rep: sends it.\"], \"nextSteps\": "
        + "[\"Friday.\"]}\n```\nAnything else?")]
    public void An_answer_is_read_whatever_stands_around_it(string answer)
    {
        var summary = SummaryPrompt.Read(answer)!;

        Assert.That(summary.Needs, Is.EqualTo(new[] { "A quote." }));
        Assert.That(summary.Objections, Is.Empty);
        Assert.That(summary.Commitments, Is.EqualTo(new[] { "Rep sends it." }));
        Assert.That(summary.NextSteps, Is.EqualTo(new[] { "Friday." }));
        Assert.That(summary.Source, Is.EqualTo(SummarySource.Model));
    }

    [TestCase("")]
    [TestCase("I cannot help with that.")]
    [TestCase("{ needs: [")]
    [TestCase("{}")]
    [TestCase("[1, 2]")]
    public void An_answer_without_a_summary_is_none(string answer) => Assert.That(SummaryPrompt.Read(answer), Is.Null);

    [Test]
    public void Too_much_is_cut_and_what_is_no_text_left_out()
    {
        var many = string.Join(',', Enumerable.Repeat($"\"{new string('a', 900)}\"", 20));

        var summary = SummaryPrompt.Read($$"""{"needs":[{{many}}],"objections":[1,null,"  ","Ok, but {it} is late."]}""")!;

        Assert.That(summary.Needs, Has.Count.EqualTo(CallSummary.ItemsAtMost));
        Assert.That(summary.Needs[0], Has.Length.EqualTo(CallSummary.CharactersAtMost));
        Assert.That(summary.Objections, Is.EqualTo(new[] { "Ok, but {it} is late." }));
    }
}
