using System.CommandLine;

namespace Teleprompter.Cli.Replay;

/// <summary><c>teleprompter replay</c>.</summary>
static class ReplayCommand
{
    /// <summary>Creates it.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The call: JSON as the side panel's sample calls have it, or lines that begin with 'rep:' or 'customer:'.",
        };
        var url = CliCommand.Url();
        var speed = new Option<double>("--speed")
        {
            Description = "1 is speaking pace, 0.1 to 20. Pauses shrink too, so that above 1 turns run together; above 4 no interims are sent.",
            DefaultValueFactory = _ => 1,
        };
        speed.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<double>() is not (>= 0.1 and <= 20))
            {
                parsed.AddError("--speed lies between 0.1 and 20.");
            }
        });
        var brief = new Option<string[]>("--brief")
        {
            Description = $"A field of the brief as field=value, over the file's own; may be given several times. Fields: {BriefFields.Names}.",
        };
        var command = new Command("replay", "Plays a call against a gateway; prints what a rep would see, and where the time went. Ctrl-C ends the call and still prints that.")
        {
            file, url, speed, brief, CliCommand.Json(),
        };
        command.Does((parsed, screen, stop) =>
        {
            var call = RecordedCall.Read(parsed.GetRequiredValue(file));
            var run = new ReplayRun(parsed.GetRequiredValue(url), BriefFields.Put(call.Brief, parsed.GetValue(brief) ?? []), call.Turns, parsed.GetValue(speed), screen);
            return run.Run(stop);
        });
        return command;
    }
}
