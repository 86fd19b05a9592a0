using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Tests.Unit.Worker;

public sealed class NativeHeapsTests
{
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
}
