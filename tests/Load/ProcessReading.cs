using System.Diagnostics;
using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a process had used by a moment.</summary>
/// <param name="At">The moment, as a timestamp of <see cref="Stopwatch"/>.</param>
/// <param name="Cpu">Processor time.</param>
/// <param name="CpuWait">
/// Time that its threads could have run and waited for a processor instead (<c>/proc/PID/task/*/schedstat</c>); zero where there is no such
/// file.
/// </param>
sealed record ProcessReading(long At, TimeSpan Cpu, TimeSpan CpuWait)
{
    public static ProcessReading Of(Process process)
    {
        process.Refresh();
        return new(Stopwatch.GetTimestamp(), process.TotalProcessorTime, WaitOf(process.Id));
    }

    public static ProcessReading OfThis()
    {
        using var process = Process.GetCurrentProcess();
        return Of(process);
    }

    public ProcessUse Since(ProcessReading earlier)
    {
        var elapsed = Stopwatch.GetElapsedTime(earlier.At, At);
        return new(100 * ((Cpu - earlier.Cpu) / elapsed), 100 * ((CpuWait - earlier.CpuWait) / elapsed));
    }

    static TimeSpan WaitOf(int pid)
    {
        var tasks = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/task";
        var nanoseconds = 0L;
        foreach (var task in Directory.Exists(tasks) ? Directory.EnumerateDirectories(tasks) : [])
        {
            try
            {
                nanoseconds += long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return TimeSpan.FromMicroseconds(nanoseconds / 1000.0);
    }
}
