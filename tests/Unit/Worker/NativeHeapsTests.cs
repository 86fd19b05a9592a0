using System.Runtime.InteropServices;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Worker;

[NonParallelizable]
public sealed class NativeHeapsTests
{
    const int Blocks = 4000;
    const int BlocksOfThread = 200;
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
    public void The_free_end_of_a_threads_heap_is_given_back_at_once()
    {
        Assert.That(NativeHeaps.Limit());

        // A thread may share its heap with others, who use what lies behind.
        Assert.That(Enumerable.Range(0, 4).Select(_ => GivenBackByThread()).Max(), Is.GreaterThan(BlocksOfThread / 2 * BlockBytes));
    }

    static long GivenBackByThread()
    {
        var (used, free) = (0L, 0L);
        var thread = new Thread(() =>
        {
            // From here on glibc, left alone, keeps up to 60 MB at the end of each heap.
            Marshal.FreeHGlobal(Marshal.AllocHGlobal(30 << 20));
            nint[] blocks = Use(BlocksOfThread);
            used = Environment.WorkingSet;
            Array.ForEach(blocks, Marshal.FreeHGlobal);
            free = Environment.WorkingSet;
        });
        thread.Start();
        thread.Join();
        return used - free;
    }

    [Test, Platform("Linux")]
    public async Task Memory_that_is_free_between_what_is_used_is_given_back_once_a_minute()
    {
        var time = new ManualTimeProvider();
        using var trimming = new NativeHeapTrimming(time);
        await trimming.StartAsync(CancellationToken.None);
        nint[] blocks = Use(Blocks);
        Array.ForEach(blocks[..^1], Marshal.FreeHGlobal);

        var before = Environment.WorkingSet;
        time.Advance(TimeSpan.FromMinutes(1));
        await trimming.StopAsync(CancellationToken.None);
        Assert.That(before - Environment.WorkingSet, Is.GreaterThan((long)Blocks / 2 * BlockBytes));
        Marshal.FreeHGlobal(blocks[^1]);
    }

    static nint[] Use(int blocks)
    {
        var content = new byte[BlockBytes];
        nint[] used = [.. Enumerable.Range(0, blocks).Select(_ => Marshal.AllocHGlobal(BlockBytes))];
        Array.ForEach(used, block => Marshal.Copy(content, 0, block, BlockBytes));
        return used;
    }
}
