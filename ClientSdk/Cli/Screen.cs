using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Teleprompter.Cli;

/// <summary>
/// Where a command writes: a terminal gets colours and a progress line, anything else plain lines. With <c>--json</c>, stdout gets one
/// document at the end and nothing else.
/// </summary>
sealed class Screen
{
    /// <summary>So wide that no line is wrapped.</summary>
    const int PlainWidth = 10_000;

    /// <summary>The spinner and the space behind it, and one cell left free: some terminals wrap after the last.</summary>
    const int SpinnerWidth = 3;

    static readonly JsonSerializerOptions JsonFormat = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    readonly TextWriter output;
    readonly TextWriter error;
    readonly IAnsiConsole console;
    volatile bool showsProgress;

    public Screen(TextWriter output, TextWriter error, bool json)
        : this(
            output, error, json, !json && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? AnsiConsole.Console : null)
    {
    }

    /// <summary>Writes to a terminal where there is one that can move its cursor.</summary>
    internal Screen(TextWriter output, TextWriter error, bool json, IAnsiConsole? terminal)
    {
        (this.output, this.error, IsJson) = (output, error, json);
        IsTerminal = terminal is { Profile.Capabilities.Ansi: true };
        console = IsTerminal ? terminal! : Plain(json ? error : output);
    }

    /// <summary>Whether one JSON document is asked for.</summary>
    public bool IsJson { get; }

    /// <summary>Whether a person watches.</summary>
    public bool IsTerminal { get; }

    /// <summary>Writes a line with Spectre's markup, to stderr with <c>--json</c>. Markup in its arguments is shown as text.</summary>
    public void Line(FormattableString markup)
    {
        var plain = FormattableStringFactory.Create(
            markup.Format,
            [.. markup.GetArguments().Select(argument => argument is string words ? PlainText.Of(words) : argument)]);
        if (showsProgress)
        {
            console.Write(new OverProgress(Markup.FromInterpolated(CultureInfo.InvariantCulture, plain)));
        }
        else
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, plain);
        }
    }

    /// <summary>Writes a table.</summary>
    public void Write(IRenderable table) => console.Write(table);

    /// <summary>Writes the document that <c>--json</c> asked for.</summary>
    public void Json<T>(T document) => output.WriteLine(JsonSerializer.Serialize(document, JsonFormat));

    /// <summary>Says what went wrong, on stderr.</summary>
    public void Error(string message)
    {
        foreach (var line in message.AsSpan().EnumerateLines())
        {
            error.WriteLine(PlainText.Of(line.ToString()));
        }
    }

    /// <summary>Runs work under a progress line, which only a terminal has.</summary>
    /// <param name="work">Receives what sets the line.</param>
    public async Task Under(Func<Action<string>, Task> work)
    {
        if (IsTerminal)
        {
            await console.Status().StartAsync("…", async line =>
            {
                showsProgress = true;
                await work(text => line.Status(Markup.Escape(Fit(PlainText.Of(text)))));
                showsProgress = false;
            });
        }
        else
        {
            await work(_ => { });
        }
    }

    /// <summary>Cuts off what would not fit into one row beside the spinner.</summary>
    string Fit(string text) => Segment.Truncate(new Segment(text), Math.Max(1, console.Profile.Width - SpinnerWidth))?.Text ?? "";

    static IAnsiConsole Plain(TextWriter writer)
    {
        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        plain.Profile.Width = PlainWidth;
        plain.Profile.Capabilities.Unicode = false;
        return plain;
    }
}
