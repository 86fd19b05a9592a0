using System.CommandLine;
using System.Text.Json;

namespace Teleprompter.Cli.Privacy;

/// <summary><c>teleprompter delete</c>.</summary>
static class DeleteCommand
{
    public static Command Create()
    {
        var (url, token, whose) = (CliCommand.Url(), CliCommand.TokenFile(), new WhoseData());
        var sure = new Option<bool>("--yes") { Description = "Deletes; without it nothing happens." };
        var command = new Command(
            "delete", "Deletes a call, or every call of a person. A call that is live ends. Nothing can be brought back.")
        {
            url, token, sure,
        };
        whose.AddTo(command);
        command.Does(async (parsed, screen, stop) =>
        {
            if (!parsed.GetValue(sure))
            {
                throw new InputException("Nothing was deleted. What is deleted cannot be brought back: say --yes.");
            }

            var answer = await GatewayRequest.Send(
                HttpMethod.Delete, parsed.GetRequiredValue(url), whose.PathOf(parsed), CliCommand.TokenOf(parsed.GetValue(token)), stop);
            var deleted = answer.Length == 0 ? 1 : JsonElement.Parse(answer).GetProperty("deleted").GetInt32();
            screen.Line($"Calls deleted: {deleted}.");
            return ExitCode.Ok;
        });
        return command;
    }
}
