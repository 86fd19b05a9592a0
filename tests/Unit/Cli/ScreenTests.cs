using Spectre.Console;
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
    public async Task A_line_over_the_progress_line_leaves_nothing_of_it()
    {
        var screen = OnTerminal(out var output);
        await screen.Under(show =>
        {
            show("00:01 of 03:46 · Listening");
            screen.Line($"That is quite a bit more than I had in mind.");
            return Task.CompletedTask;
        });
        Assert.That(output.ToString(), Does.Match(@"\e\[KThat is quite a bit more than I had in\s+\e\[Kmind\.\s"));
    }

    [Test]
    public async Task The_progress_line_stays_one_line()
    {
        var screen = OnTerminal(out var output);
        await screen.Under(show =>
        {
            show("Listening · That is fair, so let us look at what the manual work costs.");
            screen.Line($"Hi.");
            return Task.CompletedTask;
        });
        Assert.That(output.ToString(), Does.Contain("so let us").And.Not.Contain("manual"));
    }

    [Test]
    public void A_terminal_that_cannot_move_its_cursor_gets_plain_lines()
    {
        var dumb = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(TextWriter.Null),
            });
        Assert.That(new Screen(TextWriter.Null, TextWriter.Null, json: false, dumb).IsTerminal, Is.False);
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

    /// <summary>40 cells wide.</summary>
    static Screen OnTerminal(out StringWriter output)
    {
        output = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        terminal.Profile.Width = 40;
        return new Screen(output, TextWriter.Null, json: false, terminal);
    }
}
