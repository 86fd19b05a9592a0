using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>The signals that faults are made of.</summary>
static class Signals
{
    /// <summary>SIGTERM: asked to leave.</summary>
    public static void Terminate(this Process process) => Send(process, 15);

    /// <summary>SIGSTOP: frozen, sockets open.</summary>
    public static void Freeze(this Process process) => Send(process, 19);

    /// <summary>SIGCONT.</summary>
    public static void Thaw(this Process process) => Send(process, 18);

    static void Send(Process process, int signal)
    {
        if (SendSignal(process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} did not reach process {process.Id}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int processId, int signal);
}
