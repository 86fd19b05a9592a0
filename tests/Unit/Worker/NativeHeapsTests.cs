using System.Runtime.InteropServices;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Worker;

[NonParallelizable]
public sealed class NativeHeapsTests
{
    const int Blocks = 4000;
    const int BlockBytes = 64 * 1024;

    [Test]
    public void The_c_library_takes_the_limit_of_its_heaps_unless_the_environment_sets_one()
    {
        Assert.That(NativeHeaps.Limit(), Is.EqualTo(OperatingSystem.IsLinux()));
        Environment.SetEnvironmentVariable("MALLOC_ARENA_MAX", "4");
        try
        {
            Assert.That(NativeHeaps.Limit(), Is.False);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MALLOC_ARENA_MAX", null);
        }
    }

    [Test, Platform("Linux")]
    public async Task Memory_that_is_free_between_what_is_used_is_given_back_once_a_minute()
    {
        var time = new ManualTimeProvider();
        using var trimming = new NativeHeapTrimming(time);
        await trimming.StartAsync(CancellationToken.None);
        var content = new byte[BlockBytes];
        nint[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => Marshal.AllocHGlobal(BlockBytes))];
        Array.ForEach(blocks, block => Marshal.Copy(content, 0, block, BlockBytes));
        Array.ForEach(blocks[..^1], Marshal.FreeHGlobal);

        var before = Environment.WorkingSet;
        time.Advance(TimeSpan.FromMinutes(1));
        await trimming.StopAsync(CancellationToken.None);
        Assert.That(before - Environment.WorkingSet, Is.GreaterThan((long)Blocks / 2 * BlockBytes));
        Marshal.FreeHGlobal(blocks[^1]);
    }
}
