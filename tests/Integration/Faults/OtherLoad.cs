using System.Collections.Concurrent;
using System.Globalization;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// What else runs on the machine. A promised time is of a machine that has nothing else to do; where other processes want its processors,
/// the promise takes longer by their share. What the test and its own processes use lengthens nothing.
/// </summary>
static class OtherLoad
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    static readonly ConcurrentQueue<(double AtMs, double Threads)> samples = new();

    static OtherLoad() => new Thread(Sample) { IsBackground = true, Name = "Other load" }.Start();

    /// <summary>Begins to sample.</summary>
    public static void Watch()
    {
    }

    /// <summary>A promised time, lengthened by the mean of what others ran since a moment on the scripted model's clock.</summary>
    public static double Lengthen(double promisedMs, double sinceMs) => promisedMs * Slowdown(sinceMs);

    /// <summary>By how much a thread is slowed down that shares the processors with those of others; 1 for not at all.</summary>
    public static double Slowdown(double sinceMs) =>
        1 + (samples.Where(sample => sample.AtMs >= sinceMs - Interval.TotalMilliseconds).Select(sample => sample.Threads)
            .DefaultIfEmpty(0).Average() / Environment.ProcessorCount);

    static void Sample()
    {
        // Only Linux tells: elsewhere every promise holds as it is.
        while (File.Exists("/proc/stat"))
        {
            // No more than there are processors: nobody waits.
            samples.Enqueue((ScriptedModelServer.NowMs, RunningOnMachine() <= Environment.ProcessorCount ? 0 : RunningElsewhere()));
            // A thread of its own samples, which a full thread pool does not delay.
            Thread.Sleep(Interval);
        }
    }

    static int RunningOnMachine() => int.Parse(
        File.ReadLines("/proc/stat").First(line => line.StartsWith("procs_running ", StringComparison.Ordinal)).AsSpan(14),
        CultureInfo.InvariantCulture);

    /// <summary>Running threads of all processes but this one and those that it started.</summary>
    static int RunningElsewhere()
    {
        string[] own = [$"{Environment.ProcessId}", .. Descendants("self")];
        return OrNothing(() => Directory.GetDirectories("/proc")).Select(folder => Path.GetFileName(folder))
            .Where(name => char.IsAsciiDigit(name[0])).Except(own, StringComparer.Ordinal)
            .SelectMany(ThreadsOf).SelectMany(thread => Read($"{thread}/stat"))
            .Count(stat => stat.AsSpan(stat.LastIndexOf(')') + 1).StartsWith(" R"));
    }

    static IEnumerable<string> Descendants(string process) => ThreadsOf(process).SelectMany(thread => Read($"{thread}/children"))
        .SelectMany(children => children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(child => Descendants(child).Prepend(child));

    static string[] ThreadsOf(string process) => OrNothing(() => Directory.GetDirectories($"/proc/{process}/task"));

    static string[] Read(string file) => OrNothing(() => [File.ReadAllText(file)]);

    /// <summary>Nothing where the process or thread has ended meanwhile.</summary>
    static string[] OrNothing(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
