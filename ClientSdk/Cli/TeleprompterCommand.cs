using System.CommandLine;
using System.CommandLine.Invocation;
using Teleprompter.Cli.Check;
using Teleprompter.Cli.Match;
using Teleprompter.Cli.Privacy;
using Teleprompter.Cli.Rehearse;
using Teleprompter.Cli.Replay;

namespace Teleprompter.Cli;

/// <summary>The <c>teleprompter</c> command.</summary>
static class TeleprompterCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="configuration">Where it writes, and how long it may take to stop.</param>
    public static async Task<int> Run(
        IReadOnlyList<string> arguments, InvocationConfiguration configuration, CancellationToken stop = default)
    {
        var parsed = Create().Parse(arguments);
        var exitCode = await parsed.InvokeAsync(configuration, stop);
        return parsed.Action is ParseErrorAction ? ExitCode.WrongInput : exitCode;
    }

    static RootCommand Create() => new(
        "Replays calls against a gateway, rehearses calls with a buyer, tests playbook cards, checks deployments, and exports and deletes "
        + "what is kept.\n\n"
        + "Exit codes: 0 all is well; 1 not all is well (turns unanswered, a figure missed, a step failed); 2 wrong input or usage; "
        + "3 the gateway cannot be reached; 130 stopped with Ctrl-C.")
    {
        ReplayCommand.Create(),
        MatchCommand.Create(),
        RehearseCommand.Create(),
        CheckCommand.Create(),
        ExportCommand.Create(),
        DeleteCommand.Create(),
        AuditCommand.Create(),
    };
}
