using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Privacy;

/// <summary><c>teleprompter audit</c>.</summary>
static class AuditCommand
{
    public static Command Create()
    {
        var (url, token) = (CliCommand.Url(), CliCommand.TokenFile());
        var call = new Option<string?>("--call") { Description = "Only what was done with this call." };
        var person = new Option<string?>("--person") { Description = "Only what this subject did, or what was done with their calls." };
        var count = new Option<int>("--count") { Description = "How many entries at most, 1 to 1000.", DefaultValueFactory = _ => 100 };
        var command = new Command("audit", "Lists who watched, read, exported or deleted which call, newest first; for administrators.")
        {
            url, token, call, person, count, CliCommand.Json(),
        };
        command.Does(async (parsed, screen, stop) =>
        {
            string?[] query =
            [
                $"count={parsed.GetValue(count).ToString(CultureInfo.InvariantCulture)}", Part("call", parsed.GetValue(call)),
                Part("person", parsed.GetValue(person)),
            ];
            var answer = await GatewayRequest.Send(
                HttpMethod.Get,
                parsed.GetRequiredValue(url),
                $"audit?{string.Join('&', query.OfType<string>())}",
                CliCommand.TokenOf(parsed.GetValue(token)),
                stop);
            var report = JsonSerializer.Deserialize(answer, ContractsJson.Default.AuditReport)!;
            if (screen.IsJson)
            {
                screen.Json(report);
            }

            foreach (var entry in report.Entries)
            {
                var at = entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                var (by, whose) = (entry.ByName ?? entry.By ?? "not signed in", entry.Person ?? "not signed in");
                screen.Line($"{at}  {entry.Action,-15} {by,-24} {entry.CallId ?? "all calls"} of {whose}");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
}
