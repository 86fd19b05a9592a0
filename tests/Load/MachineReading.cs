using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What the machine had done by a moment, in clock ticks of all processors together (<c>/proc/stat</c>). Zeros where there is no such file.
/// </summary>
/// <param name="Total">All time.</param>
/// <param name="Idle">Time with nothing to do.</param>
/// <param name="Steal">Time that the host gave to somebody else while this machine wanted it.</param>
sealed record MachineReading(long Total, long Idle, long Steal)
{
    public static MachineReading Now()
    {
        if (!File.Exists("/proc/stat"))
        {
            return new(0, 0, 0);
        }

        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new(ticks.Sum(), ticks[3] + ticks[4], ticks[7]);
    }

    public MachineUse Since(MachineReading earlier)
    {
        var total = Math.Max(1, Total - earlier.Total);
        return new(100.0 * (total - (Idle - earlier.Idle)) / total, 100.0 * (Steal - earlier.Steal) / total, Environment.ProcessorCount);
    }
}
