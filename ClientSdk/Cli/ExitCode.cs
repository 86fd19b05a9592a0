namespace Teleprompter.Cli;

/// <summary>What the command ends with. Scripts rely on the numbers.</summary>
static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It ran, and not all is well: turns unanswered, a figure missed, a step failed.</summary>
    public const int NotWell = 1;

    /// <summary>A file or an option is wrong.</summary>
    public const int WrongInput = 2;

    public const int Unreachable = 3;

    /// <summary>Stopped with Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Stopped = 130;
}
