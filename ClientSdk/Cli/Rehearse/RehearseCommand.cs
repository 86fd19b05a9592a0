using System.CommandLine;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary><c>teleprompter rehearse</c>.</summary>
static class RehearseCommand
{
    public static Command Create()
    {
        var url = CliCommand.Url();
        var persona = new Option<string>("--persona")
        {
            Description = "The buyer, by its file's name without the extension, such as finance-director. A wrong one lists them all.",
            Required = true,
        };
        var script = new Option<string?>("--script")
        {
            Description = "A file of what you say instead of the keyboard, a turn a line, spoken at speaking pace; '#' begins a comment. "
                + "A line that the buyer cuts off ends there. The next one follows when the buyer has spoken.",
        };
        var speed = new Option<double>("--speed")
        {
            Description = "The pace of the script, 0.1 to 20 times 156 words a minute; the buyer's patience does not change.",
            DefaultValueFactory = _ => 1,
        };
        speed.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<double>() is not (>= 0.1 and <= 20))
            {
                parsed.AddError("--speed lies between 0.1 and 20.");
            }
        });
        var testMe = new Option<bool>("--test-me") { Description = "The teleprompter stays silent: no cards, no suggestions." };
        var objections = new Option<string[]>("--objection")
        {
            Description = "What the buyer presses on first, such as the title of a card; may be given up to eight times.",
        };
        var token = CliCommand.TokenFile();
        var command = new Command(
            "rehearse",
            "Rehearses a call with a buyer who answers, cuts in and hangs up. Type a line for each turn; an empty line, the end of input "
            + "or Ctrl-C ends it.")
        {
            url, persona, script, speed, testMe, objections, token, CliCommand.Json(),
        };
        command.Does(async (parsed, screen, stop) =>
        {
            var options = new CallClientOptions(parsed.GetRequiredValue(url))
            {
                Rehearsal = new RehearsalRequest(
                    parsed.GetRequiredValue(persona),
                    parsed.GetValue(testMe),
                    parsed.GetValue(objections) is { Length: > 0 } pressed ? pressed : null),
                AccessToken = CliCommand.TokenOf(parsed.GetValue(token)),
            };
            IRepLines lines = parsed.GetValue(script) is { } file
                ? ScriptedLines.Read(file, parsed.GetValue(speed), TimeProvider.System)
                : new TypedLines(Console.In);
            await KnownPersonas.Require(options, stop);
            return await new RehearsalRun(options, lines, screen).Run(stop);
        });
        return command;
    }
}
