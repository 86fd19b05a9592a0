using System.CommandLine;
using Teleprompter.Cli;

// After Ctrl-C a command has this long to end its call and print its report.
return await TeleprompterCommand.Run(args, new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
