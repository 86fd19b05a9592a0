using Teleprompter.Gateway.Calls;

namespace Teleprompter.Tests.Unit.Gateway.Calls;

public sealed class LiveCallTests
{
    const long Now = 100_000;

    [TestCase(null, Now)]
    [TestCase(Now - 5_000, Now - 5_000)]
    [TestCase(Now + 1, Now)]
    [TestCase(1L << 53, Now)]
    [TestCase(0L, Now - 30_000)]
    public void No_client_holds_its_call_from_the_future_or_gives_it_up_by_the_past(long? attemptedMs, long since) =>
        Assert.That(LiveCall.AttemptedAt(attemptedMs, Now), Is.EqualTo(since));
}
