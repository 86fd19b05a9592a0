using Teleprompter.ClientSdk;

namespace Teleprompter.Tests.Unit.ClientSdk;

public sealed class RetryDelayTests
{
    [TestCase(0, 0.5, 0)]
    [TestCase(1, 0.5, 0.5)]
    [TestCase(2, 0.5, 1)]
    [TestCase(3, 0.5, 2)]
    [TestCase(4, 0.5, 5)]
    [TestCase(1000, 0.5, 5)]
    [TestCase(4, 0, 4)]
    [TestCase(4, 1, 6)]
    public void Waits_grow_to_five_seconds_and_are_spread_by_a_fifth(int attempt, double random, double seconds) =>
        Assert.That(RetryDelay.Before(attempt, random).TotalSeconds, Is.EqualTo(seconds).Within(1e-6));
}
