using Teleprompter.Tests.Load;

namespace Teleprompter.Tests.Unit.Load;

public sealed class SpokenLineTests
{
    [Test]
    public void A_line_is_told_as_a_recogniser_does_words_that_have_ended_a_while_ago_and_then_all_of_them()
    {
        var line = SpokenLine.Of("Where is it?");

        Assert.That(line.EndMs, Is.EqualTo(355 + 220 + 265));
        Assert.That(
            line.Heard.Select(words => (words.AtMs, words.Text, words.Final)),
            Is.EqualTo([(550.0, "Where", false), (750.0, "Where is", false), (950.0, "Where is", false), (1090.0, "Where is it?", true)]));
    }
}
