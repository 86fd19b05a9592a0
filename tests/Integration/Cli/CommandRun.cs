using System.CommandLine;
using Teleprompter.Cli;

namespace Teleprompter.Tests.Integration.Cli;

/// <summary>What the command did: run in this process, with its output kept.</summary>
sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> Of(CancellationToken stop, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await TeleprompterCommand.Run(
            arguments, new InvocationConfiguration { Output = TextWriter.Synchronized(output), Error = TextWriter.Synchronized(error) },
            stop);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
