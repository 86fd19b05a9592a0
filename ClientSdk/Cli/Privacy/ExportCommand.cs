using System.CommandLine;

namespace Teleprompter.Cli.Privacy;

/// <summary><c>teleprompter export</c>.</summary>
static class ExportCommand
{
    public static Command Create()
    {
        var (url, token, whose) = (CliCommand.Url(), CliCommand.TokenFile(), new WhoseData());
        var output = new Option<string?>("--out") { Description = "The file to write, which must not exist; stdout unless said." };
        var command = new Command("export", "Writes all that is kept of a call or of a person, as JSON.") { url, token, output };
        whose.AddTo(command);
        command.Does(async (parsed, screen, stop) =>
        {
            var file = parsed.GetValue(output);
            if (File.Exists(file))
            {
                throw new InputException($"--out: {file} exists already.");
            }

            var path = whose.PathOf(parsed);
            var export = await GatewayRequest.Send(
                HttpMethod.Get, parsed.GetRequiredValue(url), path, CliCommand.TokenOf(parsed.GetValue(token)), stop);
            if (file is null)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(export);
            }
            else
            {
                await File.WriteAllTextAsync(file, export, stop);
                screen.Line($"Written to {file}.");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
