using Teleprompter.Cli;

namespace Teleprompter.Tests.Unit.Cli;

public sealed class ScreenTests
{
    [Test]
    public void Words_of_others_neither_move_the_cursor_nor_count_as_markup()
    {
        var output = new StringWriter();
        var screen = new Screen(output, TextWriter.Null, json: false);
        screen.Line($"[red]say[/] {"\u001b[2J[blue]Hi[/]\u009b1m\u202E\nnext"}");
        Assert.That(output.ToString(), Is.EqualTo($"say \uFFFD[2J[blue]Hi[/]\uFFFD1m\uFFFD next{Environment.NewLine}"));
    }

    [Test]
    public void Where_nobody_watches_a_long_line_stays_one_line()
    {
        var output = new StringWriter();
        var words = string.Join(' ', Enumerable.Repeat("word", 400));
        new Screen(output, TextWriter.Null, json: false).Line($"{words}");
        Assert.That(output.ToString().TrimEnd(), Is.EqualTo(words));
    }

    [Test]
    public void With_json_stdout_has_the_document_alone()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var screen = new Screen(output, error, json: true);
        screen.Line($"progress");
        screen.Json(new { Turns = 1 });
        Assert.That(output.ToString(), Does.StartWith("{").And.Contain("\"turns\": 1"));
        Assert.That(error.ToString().Trim(), Is.EqualTo("progress"));
    }
}
