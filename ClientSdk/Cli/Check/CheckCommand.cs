using System.CommandLine;
using Teleprompter.ClientSdk;

namespace Teleprompter.Cli.Check;

/// <summary><c>teleprompter check</c>.</summary>
static class CheckCommand
{
    public static Command Create()
    {
        var url = CliCommand.Url();
        var question = new Option<string>("--question")
        {
            Description = "What the customer asks; your cards should know it.",
            DefaultValueFactory = _ => "That is too expensive, isn't it?",
        };
        var language = CliCommand.Language();
        var token = CliCommand.TokenFile();
        var personas = new Option<string?>("--personas")
        {
            Description = "Checks the files of this folder of personas instead of a deployment: file and line of every error.",
        };
        var command = new Command(
            "check",
            "Says whether a deployment works end to end: asks one question in a call of its own, as a rep's side panel would, and ends it.")
        {
            url, question, language, token, personas, CliCommand.Json(),
        };
        command.Does(async (parsed, screen, stop) =>
        {
            var steps = new List<CheckStep>();
            void Report(CheckStep step)
            {
                steps.Add(step);
                var ms = step.Ms is { } known ? $"{known,8:F1} ms" : "           ";
                screen.Line($"{(step.Ok ? "ok    " : "FAILED")}  {step.Name,-20} {ms}  {step.Note}");
            }

            var gateway = parsed.GetRequiredValue(url);
            var options = new CallClientOptions(gateway)
            {
                Language = parsed.GetValue(language),
                AccessToken = CliCommand.TokenOf(parsed.GetValue(token)),
            };
            string? answeredBy = null;
            if (parsed.GetValue(personas) is { } folder)
            {
                PersonaCheck.Run(folder, Report);
            }
            else
            {
                await HealthCheck.Run(gateway, Report, stop);
                answeredBy = await CallCheck.Run(options, parsed.GetRequiredValue(question), Report, stop);
                Report(await SpeechCheck.Run(options, stop));
            }

            var healthy = steps.TrueForAll(step => step.Ok);
            if (screen.IsJson)
            {
                screen.Json(new CheckReport(gateway, healthy, answeredBy, steps));
            }

            return healthy ? ExitCode.Ok : ExitCode.NotWell;
        });
        return command;
    }
}
